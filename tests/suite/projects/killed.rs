//! Killed after each of its statements, what is done to a project before anybody bids leaves nothing behind.
use diesel::prelude::*;
use guildhall::db::Fault;
use guildhall::domain::ids::ProjectId;
use guildhall::domain::project::{ProjectStatus, Reference, Visibility};
use guildhall::operations::projects::{
    choose_visibility, draft_project, invite_freelancer, publish_project, put_project, uninvite_freelancer,
};
use guildhall::schema::projects;

use crate::award::kill_points::{kill_everywhere, kill_everywhere_after, outcome};
use crate::support::given::{self, OpenProject, patient};

fn with_draft(conn: &mut PgConnection, on: &OpenProject) {
    given::draft(conn, &on.organisation);
}

fn newest_draft(conn: &mut PgConnection) -> Result<ProjectId, Fault> {
    let drafts = projects::table.filter(projects::status.eq(ProjectStatus::Draft)).order(projects::id.desc()).select(projects::id);
    Ok(ProjectId(drafts.first(conn)?))
}

#[test]
fn a_killed_draft_leaves_nothing_behind() {
    kill_everywhere("draft_project", |conn, on| {
        outcome(draft_project(&mut patient(conn), on.organisation.manager.id, on.organisation.id, &given::project_words(), None))
    });
}

#[test]
fn a_killed_publishing_leaves_nothing_behind() {
    kill_everywhere_after(with_draft, "publish_project", |conn, on| {
        let draft = newest_draft(conn)?;
        outcome(publish_project(&mut patient(conn), on.organisation.manager.id, draft, Some(1)))
    });
}

#[test]
fn a_killed_choice_of_who_sees_it_leaves_nothing_behind() {
    kill_everywhere_after(with_draft, "choose_visibility", |conn, on| {
        let draft = newest_draft(conn)?;
        outcome(choose_visibility(&mut patient(conn), on.organisation.manager.id, draft, Visibility::Invited))
    });
}

#[test]
fn a_killed_invitation_leaves_nothing_behind() {
    kill_everywhere("invite_freelancer", |conn, on| {
        outcome(invite_freelancer(&mut patient(conn), on.organisation.manager.id, on.id, on.freelancers[2].id))
    });
}

#[test]
fn a_killed_taking_back_of_an_invitation_leaves_nothing_behind() {
    let invited = |conn: &mut PgConnection, on: &OpenProject| {
        invite_freelancer(&mut patient(conn), on.organisation.manager.id, on.id, on.freelancers[2].id).expect("an invitation");
    };
    kill_everywhere_after(invited, "uninvite_freelancer", |conn, on| {
        outcome(uninvite_freelancer(&mut patient(conn), on.organisation.manager.id, on.id, on.freelancers[2].id))
    });
}

#[test]
fn a_killed_putting_leaves_nothing_behind() {
    kill_everywhere("put_project", |conn, on| {
        let reference = Reference::parse("ERP", &format!("{}", uuid::Uuid::new_v4())).expect("a name");
        outcome(put_project(&mut patient(conn), on.organisation.manager.id, on.organisation.id, &reference, &given::project_words(), None))
    });
}
