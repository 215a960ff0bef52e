//! Freelancers' profiles: finding, and writing under the lock of their person.

use diesel::dsl::{exists, select};
use diesel::prelude::*;

use super::failure::count;
use super::locked::patiently;
use super::{Fault, Locked, Tx};
use crate::domain::contract::Contract;
use crate::domain::event::Root;
use crate::domain::freelancer::{Freelancer, ProfileContent};
use crate::domain::ids::UserId;
use crate::domain::project::Project;
use crate::domain::proposal::Submitter;
use crate::domain::user::User;
use crate::schema::{freelancers, memberships, project_invitations, users};

/// What somebody is to a project who is about to bid on it, or to ask about it.
pub fn standing(conn: &mut PgConnection, user: UserId, project: &Project) -> QueryResult<Submitter> {
    let profile = freelancers::table.find(user.0);
    let membership = memberships::table.find((project.organisation_id.0, user.0));
    let invitation = project_invitations::table.find((project.id.0, user.0));
    let (is_freelancer, is_member, is_invited) = select((exists(profile), exists(membership), exists(invitation))).get_result(conn)?;
    Ok(Submitter { user, is_freelancer, is_member, is_invited })
}

/// A person's profile, if they have one.
pub fn find(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<Freelancer>> {
    freelancers::table.find(user.0).select(Freelancer::as_select()).first(conn).optional()
}

/// A profile with its person's name, and whether the house keeps them out: then nobody else is shown it.
pub fn named(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<(Freelancer, String, bool)>> {
    freelancers::table
        .inner_join(users::table)
        .filter(users::id.eq(user.0))
        .select((Freelancer::as_select(), users::name, users::suspended_at.is_not_null()))
        .first(conn)
        .optional()
}

/// Locks the row of a contract's freelancer, which is the lock for their time on all contracts; the contract's own comes first.
///
/// # Errors
/// [`Fault::Busy`] if somebody holds it for too long.
pub fn lock(tx: &mut Tx<'_>, contract: &Locked<Contract>) -> Result<(), Fault> {
    let freelancer = contract.freelancer_id;
    let query = || freelancers::table.find(freelancer.0).select(freelancers::user_id).for_no_key_update();
    let found = patiently(tx, Root::Person(freelancer), |pg| query().no_wait().first::<i64>(pg), |pg| query().first(pg))?;
    count("freelancers locked", 1, usize::from(found.is_some()))
}

/// Makes somebody a freelancer who has said nothing about themselves yet.
pub fn write_begun(tx: &mut Tx<'_>, user: &Locked<User>) -> Result<(), Fault> {
    let wrote = diesel::insert_into(freelancers::table).values(freelancers::user_id.eq(user.id.0)).execute(&mut **tx)?;
    count("profiles begun", 1, wrote)
}

/// Writes a profile whole: the first, or over the one that was judged. Answers its version.
pub fn write_profile(tx: &mut Tx<'_>, user: &Locked<User>, before: Option<&Freelancer>, content: &ProfileContent) -> Result<i32, Fault> {
    let words = (
        freelancers::headline.eq(content.headline.as_str()),
        freelancers::skills.eq(&content.skills),
        freelancers::rate.eq(content.rate),
        freelancers::currency.eq(content.currency.code()),
        freelancers::about.eq(content.about.as_str()),
        freelancers::available_from.eq(content.available_from),
        freelancers::hours_a_week.eq(content.hours_a_week),
        freelancers::listed.eq(content.listed.unwrap_or(before.is_none_or(|before| before.listed))),
    );
    let (version, wrote) = match before {
        None => (1, diesel::insert_into(freelancers::table).values((freelancers::user_id.eq(user.id.0), words)).execute(&mut **tx)?),
        Some(before) => {
            let version = before.version + 1;
            let row = freelancers::table.find(user.id.0).filter(freelancers::version.eq(before.version));
            (version, diesel::update(row).set((words, freelancers::version.eq(version))).execute(&mut **tx)?)
        }
    };
    count("profiles written", 1, wrote)?;
    Ok(version)
}
