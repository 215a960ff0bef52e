//! Clearing out what is kept for a while only.

use std::convert::Infallible;

use crate::db::webhooks;
use crate::db::{
    self, Failure, drafts, exports, imports, jobs, links, looks, mails, notices, request_keys, sessions, sign_in_attempts, sign_ins,
};

/// Deletes sign-ins that ran out, failed attempts, looks at proposals and requests for links older than a day, outcomes of
/// requests older than three days, notices that were read, sign-ins that were tried and letters that were done with more than ninety days ago, drafts
/// that nobody touched for as long or that were sent or discarded a day ago, and jobs that ended and webhooks' calls that
/// were noted thirty days ago.
/// Files that were asked for go after a week, and files that were brought after two.
/// Answers how many rows. Each kind by itself: what one leaves undone, the next round does.
///
/// # Errors
/// Whatever broke.
pub fn clear_out(conn: &mut diesel::PgConnection) -> Result<usize, Failure<Infallible>> {
    let at = db::clock(conn)?;
    let short = sessions::purge(conn, at)? + sign_in_attempts::purge(conn, at)? + request_keys::purge(conn, at)? + links::purge(conn, at)?;
    let files = exports::purge(conn, at)? + imports::purge(conn, at)?;
    let long = notices::purge(conn, at)?
        + mails::purge(conn, at)?
        + drafts::purge(conn, at)?
        + jobs::purge(conn, at)?
        + webhooks::purge(conn, at)?
        + sign_ins::purge(conn, at)?;
    Ok(short + files + looks::purge(conn, at)? + long)
}
