//! Showing the one review that there is, once the days for the other are over.

use std::convert::Infallible;

use crate::db::{Connection, Failure, Tx, contracts, reviews, transaction};
use crate::domain::ids::ContractId;
use crate::operations::reveal;

/// Shows it in the house's name, under the contract's lock, and tells both sides. Answers whether this very call did: another
/// worker may have been first, or the other side in time.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn show_review(conn: &mut Connection<'_>, id: ContractId) -> Result<bool, Failure<Infallible>> {
    transaction(conn, |tx| show(tx, id))
}

fn show(tx: &mut Tx<'_>, id: ContractId) -> Result<bool, Failure<Infallible>> {
    let Some(mut contract) = contracts::lock(tx, id)? else { return Ok(false) };
    if !reviews::stand(tx, id)?.is_due() {
        return Ok(false);
    }
    reveal(tx, &mut contract, None, 1)?;
    Ok(true)
}
