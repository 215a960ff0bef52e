//! How reviews come to be shown, whoever shows them: the second one's author, or the house.

use serde_json::json;

use crate::db::{Fault, Locked, Tx, events, notices, reviews};
use crate::domain::contract::Contract;
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::UserId;
use crate::domain::notice::{DECIDERS, Notice, NoticeKind};

/// Shows so many reviews of a contract, all that wait, and tells both sides, but for whoever wrote the second one.
///
/// # Errors
/// The database's; [`Fault::Miscounted`] where there are not as many.
pub fn reveal(tx: &mut Tx<'_>, contract: &mut Locked<Contract>, by: Option<UserId>, count: usize) -> Result<(), Fault> {
    reviews::write_shown(tx, contract, count)?;
    events::append(tx, contract, Happening::by_house(EventKind::ReviewsShown).facts(json!({ "reviews": count })))?;
    let sides = [
        Notice::person(NoticeKind::Reviewed, contract.freelancer_id),
        Notice::members(NoticeKind::Reviewed, contract.organisation_id, DECIDERS),
    ];
    notices::tell(tx, contract, by, &sides.map(|notice| notice.about(contract.proposal_id)))?;
    Ok(())
}
