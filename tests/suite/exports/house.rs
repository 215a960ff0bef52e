//! The house's own lists, for admins alone; and a person's drafts, for nobody else.
use diesel::connection::SimpleConnection;
use guildhall::domain::job::Task;
use guildhall::domain::message::About;
use guildhall::domain::words::Reason;
use guildhall::operations::jobs::enqueue_job;
use guildhall::operations::mails::gather_mails;
use guildhall::operations::messages::report_message;
use guildhall::operations::proposals::accept_proposal;

use super::lists::{both, column};
use crate::support::given::{self, FIRST_SEEN, patient};
use crate::support::site::TestSite;

#[test]
fn admins_have_files_of_what_they_keep_and_for_others_there_are_none() {
    let (database, project) = given::database_with_open_project(2);
    let mut conn = database.connect();
    let owner = &project.organisation.owner;
    let message = given::message(&mut conn, owner, About::Proposal(project.proposals[0]), "=And in August?");
    let reason = Reason::parse("Rude.").expect("a reason");
    report_message(&mut patient(&mut conn), project.freelancers[0].id, message, &reason).expect("a report");
    accept_proposal(&mut patient(&mut conn), owner.id, project.proposals[0], FIRST_SEEN).expect("an award");
    gather_mails(&mut patient(&mut conn), "a.example.org").expect("letters");
    let job = guildhall::domain::job::NewJob::new(Task::Drill { steps: 0, millis: 0 }, "drill".to_owned());
    enqueue_job(&mut patient(&mut conn), &job).expect("a job");
    let keeper = given::somebody(&mut conn, "House Keeper");
    conn.batch_execute(&format!("UPDATE users SET is_admin = true WHERE id = {}", keeper.id)).expect("an admin");
    let site = TestSite::on(&database);
    let (admin, owner) = (site.signed_in(&keeper.email), site.signed_in(&owner.email));
    for (list, query, rows) in [
        ("/admin/reports", "", 1),
        ("/admin/mails", "", 2),
        ("/admin/mails", "?state=WAITING", 2),
        ("/admin/mails", "?state=SENT", 0),
        ("/admin/jobs", "", 1),
        ("/admin/jobs", "?status=QUEUED", 1),
        ("/admin/jobs", "?status=FAILED", 0),
    ] {
        assert_eq!(both(&admin, list, query).len(), rows, "{list}{query}");
        let page = admin.get(&format!("{list}{query}"));
        assert_eq!(page.has(&format!("a[href='{list}.csv{query}']")), rows > 0, "{list}{query}");
        assert_eq!(owner.get(&format!("{list}.csv{query}")).status, 404, "{list}");
        assert_eq!(site.browser().get(&format!("{list}.json{query}")).status, 303, "{list}");
    }
    assert_eq!(column(&both(&admin, "/admin/reports", ""), "words"), ["=And in August?"]);
    assert!(admin.get("/admin/reports.csv").html.contains("'=And in August?"), "a formula was let through");
}

#[test]
fn drafts_are_their_author_s_file_alone() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let author = site.signed_in(&project.organisation.owner.email);
    assert!(!author.get("/drafts").has("a[href='/drafts.csv']"), "there is nothing to be had");
    // A project that is not complete is refused, and kept.
    let form = author.get("/projects/new");
    assert_eq!(author.submit(&form, "form[action='/projects/new']", &[("title", "A lighthouse"), ("description", "")]).status, 422);
    let rows = both(&author, "/drafts", "");
    assert_eq!(rows.len(), 1);
    assert!(column(&rows, "words")[0].contains("title: A lighthouse"), "{rows:?}");
    assert!(author.get("/drafts").has("a[href='/drafts.csv']"));
    assert!(both(&site.signed_in(&project.organisation.manager.email), "/drafts", "").is_empty());
}
