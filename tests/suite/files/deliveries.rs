//! Files on the deliveries of milestones: sent, kept where the form fails, and read by both sides alone.
use diesel::prelude::*;
use guildhall::domain::words::SubmissionWords;
use guildhall::operations::contracts::pause_contract;
use guildhall::operations::milestones::{Delivery, submit_milestone};
use guildhall::operations::proposals::accept_proposal;
use guildhall::schema::files;

use super::{PDF, PNG, counted, links, waiting};
use crate::contracts::act::{Deal, deal};
use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, patient};
use crate::support::invariants;
use crate::support::race::race;
use crate::support::site::TestSite;

const FORM: &str = "form[action$='/submit']";

fn address(on: &Deal) -> String {
    format!("/milestones/{}", on.milestones[0])
}

#[test]
fn a_delivery_s_files_go_through_mistakes_and_are_both_sides_alone() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let on = deal(conn);
    let site = TestSite::on(&database);
    let ada = site.signed_in(&on.project.freelancers[0].email);
    let form = ada.get(&address(&on));
    assert!(form.says().contains("At most 5 files, each of at most 10 MB"), "the limits are said first");
    let wrong = ada.submit_with(&form, FORM, &[("words", "")], &[("files", "plan.pdf", PDF), ("files", "run.pdf", PNG)]);
    assert_eq!((wrong.status, counted(conn)), (422, (1, 0)));
    assert!(wrong.has("#words-error") && wrong.text("#files-error").contains("run.pdf is not what its name says"), "{}", wrong.says());
    assert!(wrong.text("main form fieldset").contains("plan.pdf"), "{}", wrong.says());
    let sent = ada.submit_with(&wrong, FORM, &[("words", "All of it.")], &[("files", "more.txt", b"More.\n")]);
    assert_eq!((sent.status, counted(conn)), (303, (2, 2)), "{}", sent.says());
    let owner = site.signed_in(&on.project.organisation.owner.email);
    let page = owner.get(&address(&on));
    assert_eq!(page.texts("ul.files li"), ["plan.pdf PDF, 22 bytes", "more.txt Text, 6 bytes"]);
    let plan = &links(&page)[0];
    assert_eq!((owner.bytes(plan), ada.bytes(plan)), (PDF.to_vec(), PDF.to_vec()));
    assert_eq!(site.signed_in(&on.project.organisation.viewer.email).get(plan).status, 200);
    let other = given::open_project(conn, 1);
    for nobody in [&on.project.freelancers[1], &other.organisation.owner, &other.freelancers[0]] {
        assert_eq!(site.signed_in(&nobody.email).get(plan).status, 404);
    }
    // another delivery in its place has its own
    let again = ada.submit_with(&ada.get(&address(&on)), FORM, &[("words", "Once more.")], &[("files", "third.txt", b"Third.\n")]);
    assert_eq!(again.status, 303);
    let page = owner.get(&address(&on));
    assert_eq!(page.texts("#delivery-2 ul.files a"), ["third.txt"]);
    assert_eq!(page.texts("#delivery-1 ul.files a").len(), 2);
    invariants::hold(&database);
}

#[test]
fn what_came_too_late_leads_back_to_a_form_that_has_its_files() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let on = deal(conn);
    let site = TestSite::on(&database);
    let ada = site.signed_in(&on.project.freelancers[0].email);
    let form = ada.get(&address(&on));
    let words = SubmissionWords::parse("From another tab.").unwrap();
    submit_milestone(&mut patient(conn), on.freelancer(), on.milestones[0], None, &words.into()).expect("a delivery");
    let late = ada.submit_with(&form, FORM, &[("words", "All of it.")], &[("files", "plan.pdf", PDF)]);
    assert!(late.status == 409 && late.says().contains("All of it."), "{}", late.says());
    let back = late.each("main a", |link| link.attr("href").unwrap().to_owned()).into_iter().find(|href| href.contains("?file="));
    let form = ada.get(&back.expect("a way back"));
    assert!(form.text("main form fieldset").contains("plan.pdf"), "{}", form.says());
    assert_eq!(ada.submit(&form, FORM, &[("words", "All of it.")]).status, 303);
    assert_eq!(counted(conn), (1, 1));
    // somebody else's number brings nothing
    let theirs = waiting(conn, on.manager(), "theirs.txt");
    let page = ada.get(&format!("{}?file={theirs}", address(&on)));
    assert!(!page.html.contains("theirs.txt") && !page.has("main form fieldset"));
    let taken = ada.post(&format!("{}/submit", address(&on)), &[("words", "Mine."), ("file", &theirs.to_string())]);
    assert!(taken.status == 422 && taken.text("#files-error").contains("not kept any more"), "{}", taken.says());
    pause_contract(&mut patient(conn), on.manager(), on.id).expect("a pause");
    assert_eq!(ada.post(&format!("{}/submit", address(&on)), &[("words", "Late.")]).status, 409);
}

#[test]
fn the_same_delivery_twice_at_once_has_its_files_once() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    for _ in 0..10 {
        let project = given::open_project(conn, 1);
        let won = accept_proposal(&mut patient(conn), project.organisation.owner.id, project.proposals[0], FIRST_SEEN).expect("an award");
        let milestone = guildhall::db::milestones::of_contract(conn, won.contract).unwrap()[0].id;
        let ada = project.freelancers[0].id;
        let id = waiting(conn, ada, "plan.txt");
        let done = race(&database, 4, |_, conn| {
            let what = Delivery { words: SubmissionWords::parse("All of it.").unwrap(), files: vec![id] };
            submit_milestone(&mut patient(conn), ada, milestone, Some(0), &what).is_ok()
        });
        assert_eq!(done.iter().filter(|done| **done).count(), 1, "{done:?}");
        let on: Option<i64> = files::table.find(id.0).select(files::submission_id).first(conn).unwrap();
        assert!(on.is_some());
    }
    invariants::hold(&database);
}
