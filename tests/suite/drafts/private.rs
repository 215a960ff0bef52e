//! A draft is its author's alone.
use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::draft::{DraftRefused, Form, Stamp};
use guildhall::domain::ids::{ContractId, ProjectId, ProposalId};
use guildhall::domain::message::About;
use guildhall::operations::drafts::save_draft;
use guildhall::schema::{drafts, users};

use super::{holding, save, stored};
use crate::support::given::{self, patient};
use crate::support::site::TestSite;

#[test]
fn nobody_else_finds_it_admins_included() {
    let (database, project) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    save(conn, project.organisation.owner.id, Form::Messages(About::Proposal(project.proposals[0])), "Quorzle", &Stamp::NOW);
    let id: i64 = drafts::table.select(drafts::id).first(conn).unwrap();
    let admin = given::somebody(conn, "House Keeper");
    diesel::update(users::table.find(admin.id.0)).set(users::is_admin.eq(true)).execute(conn).unwrap();
    let site = TestSite::on(&database);
    for person in [&project.organisation.manager, &project.freelancers[0], &admin] {
        let browser = site.signed_in(&person.email);
        assert_eq!(browser.get(&format!("/drafts/{id}")).status, 404);
        for act in ["discard", "restore"] {
            assert_eq!(browser.post(&format!("/drafts/{id}/{act}"), &[]).status, 404);
        }
        for page in ["/drafts".to_owned(), format!("/proposals/{}/messages", project.proposals[0])] {
            assert!(!browser.get(&page).html.contains("Quorzle"), "{} at {page}", person.name);
        }
    }
    assert_eq!(site.browser().get(&format!("/drafts/{id}")).status, 303, "to the sign-in page");
    assert_eq!(stored(conn)[0].0, "KEPT");
}

#[test]
fn a_draft_can_only_be_begun_for_what_its_author_may_know() {
    let (database, project) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let draft = given::draft(conn, &project.organisation);
    let (bidder, stranger, viewer) =
        (project.freelancers[0].id, given::freelancer(conn, "Rosa Ferreira").id, project.organisation.viewer.id);
    let proposal = About::Proposal(project.proposals[0]);
    for (who, form, may) in [
        (bidder, Form::Proposal(project.id), true),
        (stranger, Form::Proposal(project.id), true),
        (stranger, Form::Proposal(draft), false),
        (stranger, Form::Proposal(ProjectId(1)), false),
        (bidder, Form::EditProject(project.id), false),
        (viewer, Form::EditProject(project.id), false),
        (viewer, Form::NewProject(None), false),
        (project.organisation.manager.id, Form::NewProject(None), true),
        (project.organisation.manager.id, Form::NewProject(Some(draft)), true),
        (stranger, Form::NewProject(Some(project.id)), false),
        (bidder, Form::Messages(proposal), true),
        (viewer, Form::Messages(proposal), true),
        (stranger, Form::Messages(proposal), false),
        (bidder, Form::Messages(About::Proposal(ProposalId(1))), false),
        (bidder, Form::Messages(About::Contract(ContractId(project.id.0))), false),
    ] {
        let field = ["message", "title", "cover_letter"].into_iter().find(|field| form.is_typed(field)).unwrap();
        let done = save_draft(&mut patient(conn), who, form, &holding(form, field, "a"), &Stamp::NOW);
        let refused = matches!(done, Err(Failure::Refused(DraftRefused::Missing)));
        assert_eq!((done.is_ok(), refused), (may, !may), "{form:?}");
    }
}
