//! Locking an invoice: by its contract, whose row is the lock of all that hangs on it.

use super::read::{contract_of, find};
use crate::db::{Fault, Locked, Tx, contracts};
use crate::domain::contract::Contract;
use crate::domain::ids::InvoiceId;
use crate::domain::invoice::Invoice;

/// The contract, locked, and the invoice as it is from then on.
///
/// # Errors
/// Nothing if there is no such invoice (any more); [`Fault::Busy`] if somebody holds the contract for too long.
pub fn lock(tx: &mut Tx<'_>, id: InvoiceId) -> Result<Option<(Locked<Contract>, Invoice)>, Fault> {
    let Some(contract) = contract_of(tx, id)? else { return Ok(None) };
    let Some(contract) = contracts::lock(tx, contract)? else { return Ok(None) };
    Ok(find(tx, id)?.map(|invoice| (contract, invoice)))
}
