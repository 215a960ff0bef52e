//! Who has a proposal open: told to colleagues, for a while, at nobody's cost.
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::db::looks;
use guildhall::operations::proposals::look_at_proposal;

use crate::support::given;
use crate::support::site::TestSite;

#[test]
fn colleagues_see_who_looks_and_the_look_runs_out() {
    let (database, project) = given::database_with_open_project(2);
    let site = TestSite::on(&database);
    let (owner, viewer) = (site.signed_in(&project.organisation.owner.email), site.signed_in(&project.organisation.viewer.email));
    let address = format!("/proposals/{}", project.proposals[0]);
    assert!(!owner.get(&address).has(".looking"), "nobody is told of themselves");
    assert!(!owner.get(&address).has(".looking"));
    assert_eq!(viewer.get(&address).text(".looking"), "Nadia Osei is looking at this now.");
    assert_eq!(owner.get(&format!("{address}/accept")).text(".looking"), "Bruno Conti is looking at this now.");
    site.signed_in(&project.organisation.finance.email).get(&address);
    assert_eq!(owner.get(&address).text(".looking"), "Bruno Conti and Lena Voss are looking at this now.");
    assert!(!viewer.get(&format!("/proposals/{}", project.proposals[1])).has(".looking"), "another proposal");
    let author = site.signed_in(&project.freelancers[0].email);
    assert!(!author.get(&address).html.contains("looking"), "the author is told of nobody");
    database.connect().batch_execute("UPDATE proposal_looks SET looked_at = now() - interval '2 minutes'").expect("time passes");
    assert!(!owner.get(&address).has(".looking"));
}

#[test]
fn a_look_is_written_seldom_and_by_members_alone() {
    let (database, project) = given::database_with_open_project(1);
    let (conn, proposal) = (&mut database.connect(), project.proposals[0]);
    let (owner, viewer, author) = (project.organisation.owner.id, project.organisation.viewer.id, project.freelancers[0].id);
    assert!(look_at_proposal(conn, owner, proposal).expect("a look"));
    assert!(!look_at_proposal(conn, owner, proposal).expect("the same look"), "a fresh look is not written anew");
    assert!(!look_at_proposal(conn, author, proposal).expect("no member"));
    assert_eq!(looks::others(conn, proposal, viewer).expect("who"), ["Nadia Osei"]);
    conn.batch_execute("UPDATE proposal_looks SET looked_at = now() - interval '20 seconds'").expect("time passes");
    assert!(look_at_proposal(conn, owner, proposal).expect("a later look"));
    let left = diesel::sql_query(format!("DELETE FROM memberships WHERE user_id = {viewer}")).execute(conn);
    assert_eq!((left, look_at_proposal(conn, viewer, proposal).expect("a member no more")), (Ok(1), false));
}

#[test]
fn a_page_never_waits_long_for_a_look() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let owner = site.signed_in(&project.organisation.owner.email);
    let address = format!("/proposals/{}", project.proposals[0]);
    owner.get(&address);
    let mut holder = database.connect();
    holder.batch_execute("UPDATE proposal_looks SET looked_at = now() - interval '1 minute'").expect("an old look");
    holder.batch_execute("BEGIN; UPDATE proposal_looks SET looked_at = looked_at").expect("somebody holds the row");
    let begun = Instant::now();
    assert_eq!(owner.get(&address).status, 200);
    assert!(begun.elapsed() < Duration::from_millis(900), "{:?}", begun.elapsed());
    holder.batch_execute("ROLLBACK").expect("the row is free");
}
