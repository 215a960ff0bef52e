//! What both sides say of each other after a contract.

use super::done;
use crate::db::Connection;
use crate::domain::contract::Contract;
use crate::domain::ids::UserId;
use crate::domain::review::ReviewContent;
use crate::operations::reviews::write_review;

/// Lets the client write, in the name of `by`, and the freelancer too where both do.
pub fn tell(conn: &mut Connection<'_>, contract: &Contract, by: UserId, both: bool) -> anyhow::Result<()> {
    let of_client = "Delivered on the day that was agreed on, and told us of the one thing that would cost more before it did.\n\n\
        The notes that came with it are so clear that our own people have changed two pages since.";
    let of_freelancer = "They knew what they wanted, answered within a day, and approved within a week.";
    write(conn, contract, by, "5", of_client)?;
    if both { write(conn, contract, contract.freelancer_id, "4", of_freelancer) } else { Ok(()) }
}

fn write(conn: &mut Connection<'_>, contract: &Contract, by: UserId, rating: &str, words: &str) -> anyhow::Result<()> {
    let content = ReviewContent::parse(rating, words).map_err(|errors| anyhow::anyhow!("{errors:?}"))?;
    done(write_review(conn, by, contract.id, &content, 0)).map(drop)
}
