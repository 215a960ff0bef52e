//! Files are there again wherever their form is: after a mistake, a refusal, in a draft, on the page that asks once more.
use diesel::prelude::*;
use guildhall::operations::proposals::accept_proposal;
use guildhall::schema::{file_leftovers, proposals};

use super::{PDF, counted, links};
use crate::support::given::{self, FIRST_SEEN, patient};
use crate::support::site::TestSite;

const WORDS: [(&str, &str); 3] = [("amount", "6100"), ("days", "12"), ("cover_letter", "With a plan.")];

#[test]
fn a_proposal_s_files_go_through_mistakes_the_check_and_a_revision() {
    let (database, on) = given::database_with_open_project(0);
    let conn = &mut database.connect();
    let ada = given::freelancer(conn, "Ada Byron");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&ada.email);
    let form = browser.get(&format!("/projects/{}/proposals/new", on.id));
    let wrong = browser.submit_with(
        &form,
        "main form button[value=check]:not(.out)",
        &[("amount", ""), WORDS[1], WORDS[2]],
        &[("files", "plan.pdf", PDF), ("files", "costs.csv", b"a,b\n")],
    );
    assert_eq!((wrong.status, counted(conn)), (422, (2, 0)));
    let held = wrong.texts("main form fieldset .pickable > span");
    assert!(held.len() == 2 && held[0].starts_with("plan.pdf") && held[1].starts_with("costs.csv"), "{held:?}");
    let check = browser.submit(&wrong, "main form button[value=check]:not(.out)", &WORDS);
    assert_eq!(
        (check.text("h1"), check.texts("ul.files a")),
        ("Check your proposal".to_owned(), vec!["plan.pdf".to_owned(), "costs.csv".to_owned()])
    );
    assert_eq!(browser.bytes(&links(&check)[0]), PDF, "one's own that waits can be looked at");
    let back = browser.submit(&check, "main form button[value=change]", &[]);
    assert_eq!(back.texts("main form fieldset .pickable").len(), 2);
    let sent = browser.submit(&check, "main form button:not([name])", &[]);
    let page = browser.get(sent.location());
    assert_eq!((page.texts("ul.files a").len(), counted(conn)), (2, (2, 2)));
    // the same once more is no second version
    assert_eq!(browser.submit(&check, "main form button:not([name])", &[]).status, 303);
    let version = |conn: &mut PgConnection| proposals::table.select(proposals::version).first::<i32>(conn).unwrap();
    assert_eq!(version(conn), 1);
    // one goes, another comes
    let form = browser.get(&format!("/projects/{}/proposals/new", on.id));
    let costs = form.attribute("main form fieldset input[name=file]:not(:first-child)", "value");
    assert_eq!(costs, None);
    let stays = form.each("main form input[name=file]", |file| file.attr("value").unwrap().to_owned());
    let check =
        browser.submit_with(&form, "main form button[value=check]:not(.out)", &[("file", &stays[0])], &[("files", "more.txt", b"More.\n")]);
    let sent = browser.submit(&check, "main form button:not([name])", &[]);
    assert_eq!(browser.get(sent.location()).texts("ul.files a"), ["plan.pdf", "more.txt"]);
    assert_eq!((version(conn), counted(conn)), (2, (2, 2)));
    assert_eq!(file_leftovers::table.count().get_result(conn), Ok(1_i64), "the bytes of the other go later");
    // none are left
    let form = browser.get(&format!("/projects/{}/proposals/new", on.id));
    let check = browser.submit(&form, "main form button[value=check]:not(.out)", &[("file", "")]);
    assert_eq!(check.status, 422, "no number");
}

#[test]
fn files_wait_in_the_draft_of_what_came_too_late() {
    let (database, on) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    given::thread(conn, &on, 1, &["When?"]);
    let site = TestSite::on(&database);
    let ivo = site.signed_in(&on.freelancers[1].email);
    let address = format!("/proposals/{}/messages", on.proposals[1]);
    let form = ivo.get(&address);
    accept_proposal(&mut patient(conn), on.organisation.owner.id, on.proposals[0], FIRST_SEEN).expect("an award");
    let late = ivo.submit_with(&form, "main form", &[("message", "In June.")], &[("files", "plan.pdf", PDF)]);
    assert_eq!((late.status, counted(conn)), (409, (1, 0)));
    let fields: Vec<serde_json::Value> = guildhall::schema::drafts::table.select(guildhall::schema::drafts::fields).load(conn).unwrap();
    assert!(fields[0].to_string().contains("[\"file\",\""), "{fields:?}");
}

#[test]
fn a_draft_is_saved_with_its_files_and_resumed_with_them() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let site = TestSite::on(&database);
    let owner = site.signed_in(&on.organisation.owner.email);
    let address = format!("/proposals/{}/messages", on.proposals[0]);
    let form = owner.get(&address);
    let saved = owner.submit_with(&form, "main form button[formaction]", &[("message", "")], &[("files", "plan.pdf", PDF)]);
    assert_eq!(saved.status, 303, "{}", saved.says());
    let form = owner.get(&address);
    assert!(form.text("main form fieldset").contains("plan.pdf"), "{}", form.says());
    assert_eq!(owner.submit(&form, "main form[data-draft]", &[("message", "Here.")]).status, 303);
    assert_eq!((links(&owner.get(&address)).len(), counted(conn)), (1, (1, 1)));
}
