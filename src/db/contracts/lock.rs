//! Locking a contract: the first statement of everything that changes it or what hangs on it. A project is locked before
//! its contract, a freelancer after it.

use diesel::prelude::*;

use crate::db::locked::patiently;
use crate::db::{Fault, Locked, Tx};
use crate::domain::contract::Contract;
use crate::domain::event::Root;
use crate::domain::ids::ContractId;
use crate::schema::contracts;

/// FOR NO KEY UPDATE, which excludes every other change, but lets rows that refer to the contract be added.
///
/// # Errors
/// Nothing if there is no such contract; [`Fault::Busy`] if somebody holds it for too long.
pub fn lock(tx: &mut Tx<'_>, id: ContractId) -> Result<Option<Locked<Contract>>, Fault> {
    let query = || contracts::table.find(id.0).select(Contract::as_select()).for_no_key_update();
    let Some(contract) = patiently(tx, Root::Contract(id), |pg| query().no_wait().first(pg), |pg| query().first(pg))? else {
        return Ok(None);
    };
    let chain = contract.chain();
    Ok(Some(Locked::new(tx, contract, chain)?))
}
