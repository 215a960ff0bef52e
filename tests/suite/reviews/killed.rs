//! Killed after each of its statements, a review leaves nothing behind.
use diesel::prelude::*;
use guildhall::domain::ids::ContractId;
use guildhall::domain::review::ReviewContent;
use guildhall::operations::reviews::{show_review, write_review};
use guildhall::schema::contracts;

use super::{ended, later, writes};
use crate::award::kill_points::{kill_everywhere_after, outcome};
use crate::support::given::{OpenProject, patient};

fn contract(conn: &mut PgConnection, on: &OpenProject) -> QueryResult<ContractId> {
    contracts::table.filter(contracts::project_id.eq(on.id.0)).select(contracts::id).first(conn).map(ContractId)
}

fn one_is_in(conn: &mut PgConnection, on: &OpenProject) {
    let id = ended(conn, on);
    writes(conn, &on.freelancers[0], id, "5", "They knew what they wanted.").expect("a review");
}

#[test]
fn a_killed_second_review_leaves_nothing_behind() {
    kill_everywhere_after(one_is_in, "write_review", |conn, on| {
        let content = ReviewContent::parse("4", "Good work.").expect("a review");
        let id = contract(conn, on)?;
        outcome(write_review(&mut patient(conn), on.organisation.owner.id, id, &content, 0))
    });
}

#[test]
fn a_killed_showing_leaves_nothing_behind() {
    let due = |conn: &mut PgConnection, on: &OpenProject| {
        one_is_in(conn, on);
        let id = contract(conn, on).expect("it");
        later(conn, id, 14);
    };
    kill_everywhere_after(due, "show_review", |conn, on| {
        let id = contract(conn, on)?;
        outcome(show_review(&mut patient(conn), id))
    });
}
