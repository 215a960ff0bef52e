//! What every act on a contract, or on what hangs on it, begins with: its lock, and who acts for which side.

use crate::db::{Connection, Failure, Locked, Tx, contracts, milestones, projects};
use crate::domain::contract::{Contract, ContractRefused, Party};
use crate::domain::ids::{ContractId, MilestoneId, ProjectId, UserId};
use crate::domain::milestone::Milestone;

const MISSING: Failure<ContractRefused> = Failure::Refused(ContractRefused::Missing);

/// Locks a contract and says for whom somebody acts on it. Where it comes after its project, that is locked already.
///
/// # Errors
/// [`ContractRefused::Missing`] for whom it does not concern; or whatever broke.
pub fn party<E: From<ContractRefused>>(tx: &mut Tx<'_>, id: ContractId, by: UserId) -> Result<(Locked<Contract>, Party), Failure<E>> {
    let missing = || Failure::Refused(E::from(ContractRefused::Missing));
    let contract = contracts::lock(tx, id)?.ok_or_else(missing)?;
    let member = projects::membership(tx, contract.organisation_id, by)?;
    let party = contract.party(by, member.as_ref()).ok_or_else(missing)?;
    Ok((contract, party))
}

/// The same for one of a contract's milestones, which is read once the contract is locked.
///
/// # Errors
/// As [`party`].
pub fn party_to(
    tx: &mut Tx<'_>,
    contract: ContractId,
    id: MilestoneId,
    by: UserId,
) -> Result<(Locked<Contract>, Party, Milestone), Failure<ContractRefused>> {
    let (contract, party) = party::<ContractRefused>(tx, contract, by)?;
    Ok((contract, party, milestones::find(tx, id)?.ok_or(MISSING)?))
}

/// The contract of a milestone, and its project, before anything is locked: neither ever changes.
///
/// # Errors
/// [`ContractRefused::Missing`]; or whatever broke.
pub fn contract_of(conn: &mut Connection<'_>, id: MilestoneId) -> Result<(ContractId, ProjectId), Failure<ContractRefused>> {
    let contract = milestones::contract_of(conn, id)?.ok_or(MISSING)?;
    Ok((contract, contracts::project_of(conn, contract)?.ok_or(MISSING)?))
}
