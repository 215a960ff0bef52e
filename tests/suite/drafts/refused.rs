//! What was refused is kept as a draft.
use diesel::connection::SimpleConnection;
use guildhall::domain::words::Reason;
use guildhall::operations::projects::cancel_project;

use super::stored;
use crate::support::given::{self, patient};
use crate::support::site::TestSite;

#[test]
fn a_form_that_is_refused_is_kept_and_goes_when_it_is_sent() {
    let (database, project) = given::database_with_open_project(0);
    let site = TestSite::on(&database);
    let manager = site.signed_in(&project.organisation.manager.email);
    let page = manager.get("/projects/new");
    let wrong = manager.submit(&page, "main form", &[("title", "Stock system"), ("budget_min", "a lot")]);
    assert_eq!(wrong.status, 422);
    let all = stored(&mut database.connect());
    assert!(all.len() == 1 && all[0].0 == "KEPT" && all[0].1.contains("a lot"), "{all:?}");
    let again = manager.get("/projects/new");
    assert!(again.has(".note.draft"));
    assert_eq!(again.attribute("#budget_min", "value").as_deref(), Some("a lot"));
    let good = [
        ("description", "Scanners."),
        ("skills", "Rust"),
        ("kind", "FIXED"),
        ("budget_min", "5000"),
        ("budget_max", "9000"),
        ("deadline", "2030-01-01T12:00"),
    ];
    // sent from the page that was refused, without opening it again
    let made = manager.submit(&wrong, "main form", &good);
    assert_eq!(made.status, 303, "{}", made.says());
    assert_eq!(stored(&mut database.connect()), [("SENT".to_owned(), "[]".to_owned())]);
    assert!(!manager.get("/projects/new").has(".note.draft"));
    assert!(manager.get("/drafts").has(".empty"));
}

#[test]
fn a_proposal_that_comes_too_late_is_kept_and_can_be_read() {
    let (database, project) = given::database_with_open_project(0);
    let site = TestSite::on(&database);
    let freelancer = given::freelancer(&mut database.connect(), "Rosa Ferreira");
    let rosa = site.signed_in(&freelancer.email);
    let form = rosa.get(&format!("/projects/{}/proposals/new", project.id));
    let conn = &mut database.connect();
    let reason = Reason::parse("No money.").unwrap();
    cancel_project(&mut patient(conn), project.organisation.owner.id, project.id, Some(1), &reason).expect("a cancellation");
    let filled = [("amount", "6400"), ("days", "20"), ("cover_letter", "I have built two of these.")];
    let check = rosa.submit(&form, "button.out[formaction]", &filled);
    assert_eq!(check.status, 409);
    assert!(check.has("a[href='/drafts']"), "{}", check.says());
    let list = rosa.get("/drafts");
    assert!(list.text("main .list").contains("takes no proposals any more"), "{}", list.says());
    let address = list.attribute("main .list h2 a", "href").unwrap();
    assert!(address.starts_with("/drafts/"), "{address}");
    let read = rosa.get(&address);
    assert!(read.text("main dl").contains("I have built two of these."), "{}", read.says());
    assert!(read.has(".note.heed") && !read.has("main a.btn"), "it cannot be resumed");
    assert_eq!(rosa.submit(&read, "form[action$='/discard']", &[]).status, 303);
    assert!(rosa.get("/drafts").has(".empty"));
    assert_eq!(rosa.get(&address).status, 200, "for a day it can be read and brought back");
}

#[test]
fn a_stale_edit_is_kept_and_leads_to_both_versions_again() {
    let (database, project) = given::database_with_open_project(0);
    let site = TestSite::on(&database);
    let (owner, manager) = (site.signed_in(&project.organisation.owner.email), site.signed_in(&project.organisation.manager.email));
    let address = format!("/projects/{}/edit", project.id);
    let (mine, theirs) = (owner.get(&address), manager.get(&address));
    assert_eq!(manager.submit(&theirs, "main form", &[("title", "Theirs")]).status, 303);
    let stale = owner.submit(&mine, "main form", &[("title", "Mine")]);
    assert_eq!(stale.status, 409);
    let resumed = owner.get(&address);
    assert_eq!(resumed.attribute("#title", "value").as_deref(), Some("Mine"));
    assert!(resumed.text(".note.draft").contains("was changed after you began"), "{}", resumed.says());
    let again = owner.submit(&resumed, "form[data-draft]", &[]);
    assert_eq!(again.status, 409, "a draft does not write over what nobody has seen");
    assert!(again.has("[name='take.title']"));
    let settled = owner.submit(&again, "main form", &[("take.title", "yours")]);
    assert_eq!(settled.status, 303, "{}", settled.says());
    assert_eq!(stored(&mut database.connect()), [("SENT".to_owned(), "[]".to_owned())]);
}

#[test]
fn what_met_a_busy_row_is_kept_and_sent_again_from_the_page_that_says_so() {
    let (database, project) = given::database_with_open_project(0);
    let site = TestSite::on(&database);
    let owner = site.signed_in(&project.organisation.owner.email);
    let form = owner.get(&format!("/projects/{}/edit", project.id));
    let mut holder = database.connect();
    holder.batch_execute(&format!("BEGIN; SELECT FROM projects WHERE id = {} FOR UPDATE", project.id)).unwrap();
    let busy = owner.submit(&form, "main form", &[("title", "Other words")]);
    assert_eq!((busy.status, busy.header("retry-after")), (409, "1"));
    assert!(busy.text("#kept ~ dl").contains("Other words"), "{}", busy.says());
    assert_eq!(stored(&mut database.connect())[0].0, "KEPT");
    holder.batch_execute("ROLLBACK").unwrap();
    assert_eq!(owner.submit(&busy, "#kept + form", &[]).status, 303);
    assert_eq!(stored(&mut database.connect()), [("SENT".to_owned(), "[]".to_owned())]);
}
