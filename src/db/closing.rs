//! Closing an account: what hangs on it, and erasing what it said of a person.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz};

use super::failure::count;
use super::locked::patiently;
use super::prepared::statement;
use super::{Fault, Locked, Tx};
use crate::domain::event::Root;
use crate::domain::ids::{OrganisationId, ProjectId, UserId};
use crate::domain::proposal::ProposalStatus;
use crate::domain::user::User;
use crate::schema::{freelancers, memberships, projects, proposals};

/// The organisations that somebody belongs to, in the order in which they are locked.
pub fn organisations(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<OrganisationId>> {
    memberships::table
        .filter(memberships::user_id.eq(user.0))
        .order(memberships::organisation_id)
        .select(memberships::organisation_id)
        .load(conn)
}

/// The projects on which somebody's proposals wait, in the order in which they are locked.
pub fn projects_offered_for(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<ProjectId>> {
    proposals::table
        .inner_join(projects::table.on(projects::id.eq(proposals::project_id)))
        .filter(proposals::freelancer_id.eq(user.0))
        .filter(proposals::status.eq(ProposalStatus::Pending))
        .order(proposals::project_id)
        .select(proposals::project_id)
        .load(conn)
}

/// Holds the person's profile, if they have one: from now on no proposal of theirs comes.
///
/// # Errors
/// [`Fault::Busy`] if somebody holds it for too long.
pub fn hold_profile(tx: &mut Tx<'_>, user: UserId) -> Result<(), Fault> {
    let query = || freelancers::table.find(user.0).select(freelancers::user_id).for_update();
    patiently(tx, Root::Person(user), |pg| query().no_wait().first::<i64>(pg), |pg| query().first(pg)).map(drop)
}

/// What is said where something came between the looking and the locks: all of it is done anew.
pub fn something_came_between() -> Fault {
    Fault::Conflict(diesel::result::Error::RollbackTransaction)
}

/// What goes with an account, and the rows of others that stay without its words. Each takes the person's number.
const ERASED: &[&str] = &[
    "DELETE FROM sign_ins WHERE user_id = $1",
    // with its recovery codes
    "DELETE FROM second_factors WHERE user_id = $1",
    "DELETE FROM drafts WHERE user_id = $1",
    // the bytes go with the house's next round
    "WITH gone AS (DELETE FROM files WHERE owner_id = $1 RETURNING place) INSERT INTO file_leftovers (place) SELECT place FROM gone",
    "DELETE FROM saved_searches WHERE user_id = $1",
    "DELETE FROM notices WHERE user_id = $1",
    "DELETE FROM notice_settings WHERE user_id = $1",
    "DELETE FROM mails WHERE user_id = $1",
    "DELETE FROM mail_choices WHERE user_id = $1",
    "DELETE FROM account_links WHERE user_id = $1",
    "DELETE FROM link_requests WHERE user_id = $1",
    "DELETE FROM request_keys WHERE user_id = $1",
    "DELETE FROM exports WHERE user_id = $1",
    // What was issued stays as it is in the client's books, with the name that stood on it.
    "DELETE FROM invoices WHERE issuer_id = $1 AND status = 'DRAFT'",
    "UPDATE api_tokens SET name = 'Erased', revoked_at = coalesce(revoked_at, clock_timestamp()) WHERE user_id = $1",
    "DELETE FROM proposal_looks WHERE user_id = $1",
    "DELETE FROM project_looks WHERE user_id = $1",
    "DELETE FROM thread_reads WHERE user_id = $1",
    "UPDATE messages SET words = 'These words were erased: their author closed the account.' WHERE author_id = $1",
    // What was agreed in a contract stays: its prices and days. What was written about it goes.
    "UPDATE submissions SET words = 'These words were erased: their author closed the account.' WHERE milestone_id IN \
         (SELECT m.id FROM milestones m JOIN contracts c ON c.id = m.contract_id WHERE c.freelancer_id = $1)",
    "UPDATE submissions SET reason = 'Erased: who wrote it closed the account.' WHERE answered_by = $1 AND reason IS NOT NULL",
    "UPDATE contract_endings SET reason = 'Erased: who wrote it closed the account.' WHERE ended_by = $1 AND reason IS NOT NULL",
    "UPDATE contracts c SET terms_words = '' FROM contract_terms t WHERE t.contract_id = c.id AND t.number = c.terms_number \
         AND t.proposed_by = $1 AND c.terms_words <> ''",
    "UPDATE contract_terms SET words = '' WHERE proposed_by = $1",
    "UPDATE work_logs SET note = '' WHERE freelancer_id = $1 AND note <> ''",
    "UPDATE reviews SET words = 'These words were erased: their author closed the account.' WHERE written_by = $1",
    "UPDATE message_reports SET reason = 'Erased: who reported it closed the account.' WHERE reporter_id = $1",
    "UPDATE abuse_reports SET reason = 'Erased: who reported it closed the account.' WHERE reporter_id = $1",
    "UPDATE abuse_reports SET settled_word = 'Erased: who settled it closed the account.' WHERE settled_by = $1",
    "UPDATE ticket_words SET words = 'These words were erased: their author closed the account.' WHERE author_id = $1",
    // What the house said of them, and what they said for the house.
    "DELETE FROM act_words WHERE stream_kind = 'PERSON' AND stream_id = $1",
    "UPDATE act_words w SET words = 'Erased: who wrote it closed the account.' FROM events e WHERE e.actor_id = $1 \
         AND e.stream_kind = w.stream_kind AND e.stream_id = w.stream_id AND e.seq = w.seq",
    "UPDATE tickets SET title = 'Erased: who asked closed the account.' WHERE opener_id = $1",
    // What was agreed in a contract stays with it: its answers and milestones, as its price.
    "UPDATE proposals SET cover_letter = '', salt = '', \
         answers = CASE WHEN status IN ('ACCEPTED', 'REVOKED') THEN answers ELSE array_fill(''::text, ARRAY[cardinality(answers)]) END, \
         milestones = CASE WHEN status IN ('ACCEPTED', 'REVOKED') THEN milestones ELSE '[]' END WHERE freelancer_id = $1",
];

/// Erases all of it, in the order of the list; the account's own row last.
///
/// # Errors
/// The database's.
pub fn write_closed(tx: &mut Tx<'_>, user: &Locked<User>) -> Result<(), Fault> {
    let wrote = statement(
        "UPDATE users SET name = 'Somebody who left', email = 'closed-' || id, password_hash = '', salt = '', is_admin = false, \
             time_zone = 'UTC', theme = 'AUTO', email_confirmed_at = NULL, closed_at = $2, version = version + 1 \
         WHERE id = $1 AND closed_at IS NULL",
    )
    .bind::<BigInt, _>(user.id)
    .bind::<Timestamptz, _>(user.at)
    .execute(&mut **tx)?;
    count("accounts closed", 1, wrote)?;
    statement(
        "UPDATE freelancers SET headline = '', skills = '{}', rate = NULL, about = '', listed = false, available_from = NULL, \
             hours_a_week = NULL, closed_at = $2, version = version + 1 WHERE user_id = $1",
    )
    .bind::<BigInt, _>(user.id)
    .bind::<Timestamptz, _>(user.at)
    .execute(&mut **tx)?;
    for text in ERASED {
        statement(*text).bind::<BigInt, _>(user.id).execute(&mut **tx)?;
    }
    Ok(())
}
