//! The list, the thread, and the line where its reader stopped.
use guildhall::domain::message::About;
use guildhall::operations::proposals::accept_proposal;

use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, OpenProject, patient};
use crate::support::invariants;
use crate::support::page::Page;
use crate::support::site::TestSite;

fn scene(proposals: usize) -> (TestDatabase, OpenProject, TestSite, String) {
    let (database, on) = given::database_with_open_project(proposals);
    let site = TestSite::on(&database);
    let address = format!("/proposals/{}/messages", on.proposals[0]);
    (database, on, site, address)
}

fn written(page: &Page) -> Vec<String> {
    page.texts(".thread .prose")
}

#[test]
fn the_client_begins_the_freelancer_answers_and_colleagues_read() {
    let (database, on, site, address) = scene(1);
    let (owner, ada) = (site.signed_in(&on.organisation.owner.email), site.signed_in(&on.freelancers[0].email));
    let waits = ada.get(&address);
    assert!(waits.says().contains("Harbour Foods can write to you") && !waits.has("main form"), "{}", waits.says());
    let form = owner.get(&address);
    let sent = owner.submit(&form, "main form", &[("message", "Could you **begin** in May? <script>alert(1)</script>")]);
    assert_eq!(sent.location(), format!("{address}?seen=0#m-1"));
    assert_eq!(owner.submit(&form, "main form", &[("message", "Could you **begin** in May? <script>alert(1)</script>")]).status, 303);
    let page = ada.get(&address);
    assert_eq!(written(&page), ["Could you begin in May? <script>alert(1)</script>"]);
    assert_eq!((page.text("#new"), page.text(".thread .prose strong")), ("1 new message".to_owned(), "begin".to_owned()));
    assert!(!page.has(".thread script"));
    ada.submit(&page, "main form", &[("message", "Yes.")]).location();
    let viewer = site.signed_in(&on.organisation.viewer.email).get(&address);
    assert_eq!((written(&viewer).len(), viewer.has("main form")), (2, false));
    assert!(viewer.text("main .note").contains("owners and managers write"));
    let manager = site.signed_in(&on.organisation.manager.email);
    let listed = manager.get("/messages");
    assert_eq!((listed.texts(".threads h2"), listed.text(".threads .tag")), (vec!["Ada Byron".to_owned()], "2 new".to_owned()));
    assert!(listed.text(".threads p").contains("Ada Byron: Yes."));
    let told = owner.get("/notices").text(".notices li:first-child p");
    assert_eq!(told, "Ada Byron wrote to Harbour Foods about “Stock system for three warehouses”.");
    let told = ada.get("/notices").texts(".notices li p");
    assert!(told.contains(&"Harbour Foods wrote to you about “Stock system for three warehouses”.".to_owned()), "{told:?}");
    let history = manager.get(&format!("/projects/{}/history", on.id)).says();
    assert!(history.contains("Ada Byron wrote a message about proposal") && !history.contains("begin"), "{history}");
    invariants::hold(&database);
}

#[test]
fn the_line_stands_where_one_stopped_and_stays_there_while_one_writes() {
    let (database, on, site, address) = scene(1);
    let conn = &mut database.connect();
    given::thread(conn, &on, 0, &["One.", "Two."]);
    let manager = site.signed_in(&on.organisation.manager.email);
    let first = manager.get(&address);
    assert_eq!(first.text("#new"), "2 new messages");
    assert!(!manager.get(&address).has("#new"), "they have been shown");
    let about = About::Proposal(on.proposals[0]);
    given::message(conn, &on.freelancers[0], about, "Three.");
    let news = manager.get(&format!("/projects/{}/news?seen=5&proposal={}", on.id, on.proposals[0]));
    assert!(news.html.contains("1 new message.") && news.html.contains(&format!("{address}#new")), "{}", news.html);
    // what came while they were writing stands behind the line, above what they wrote
    let sent = manager.submit(&first, "main form", &[("message", "Four.")]);
    let page = manager.get(sent.location());
    assert_eq!(page.texts(".thread > li:has(.prose) .prose, .thread > .fresh"), ["One.", "Two.", "1 new message", "Three.", "Four."]);
    assert!(!manager.get(&address).has("#new"));
    assert_eq!(manager.get("/messages").texts(".threads .tag"), Vec::<String>::new());
}

#[test]
fn a_long_thread_begins_where_its_reader_stopped() {
    let (database, on, site, address) = scene(1);
    let conn = &mut database.connect();
    let about = About::Proposal(on.proposals[0]);
    for number in 1..=120 {
        given::message(conn, &on.organisation.owner, about, &format!("Number {number}."));
    }
    let owner = site.signed_in(&on.organisation.owner.email).get(&address);
    assert_eq!((written(&owner).len(), written(&owner)[49].as_str(), owner.has("#new")), (50, "Number 120.", false));
    let ada = site.signed_in(&on.freelancers[0].email);
    let page = ada.get(&address);
    assert_eq!((written(&page)[0].as_str(), written(&page)[49].as_str()), ("Number 1.", "Number 50."));
    let later = ada.get(&page.attribute("main a.quiet[href*=from]", "href").unwrap());
    assert_eq!(written(&later)[0], "Number 51.");
    let last = ada.get(&address);
    assert_eq!((written(&last)[0].as_str(), last.text("#new").as_str()), ("Number 71.", "20 new messages"));
    for odd in ["?from=x&seen=y", "?from=-4&seen=999999", "?from=99999999999999&seen=-1", "?from=500"] {
        assert_eq!(ada.get(&format!("{address}{odd}")).status, 200, "{odd}");
    }
}

#[test]
fn a_proposal_s_thread_closes_with_the_decision_and_the_contract_s_is_open_to_both() {
    let (database, on, site, address) = scene(2);
    let conn = &mut database.connect();
    given::thread(conn, &on, 0, &["When?", "In May."]);
    given::thread(conn, &on, 1, &["When?"]);
    let (ada, ivo) = (site.signed_in(&on.freelancers[0].email), site.signed_in(&on.freelancers[1].email));
    let losing = format!("/proposals/{}/messages", on.proposals[1]);
    let form = ivo.get(&losing);
    let award = accept_proposal(&mut patient(conn), on.organisation.owner.id, on.proposals[0], FIRST_SEEN).unwrap();
    let late = ivo.submit(&form, "main form", &[("message", "In June.")]);
    assert_eq!((late.status, late.text("[data-conflict] h1")), (409, "The project was decided before that".to_owned()));
    assert!(late.says().contains("In June."), "what was typed is kept");
    let read = ivo.get(&losing);
    assert!(read.says().contains("stays here for both sides to read") && !read.has("main form"));
    let closed = ada.get(&address);
    let contract = closed.attribute("main .note a", "href").unwrap();
    assert_eq!(contract, format!("/contracts/{}/messages", award.contract));
    let form = ada.get(&contract);
    ada.submit(&form, "main form", &[("message", "Glad to begin.")]).location();
    let owner = site.signed_in(&on.organisation.owner.email);
    assert_eq!(written(&owner.get(&contract)), ["Glad to begin."]);
    let listed = owner.get("/messages").each(".threads h2 a", |link| link.attr("href").unwrap().to_owned());
    assert_eq!(listed, [contract, losing, format!("{address}#new")]);
    assert_eq!(ivo.get(&format!("/contracts/{}/messages", award.contract)).status, 404);
    invariants::hold(&database);
}

#[test]
fn the_list_has_pages_and_an_empty_page() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let organisation = given::organisation(conn);
    for _ in 0..21 {
        let ada = given::freelancer(conn, "Ada Byron");
        let on = given::open_project_with(conn, organisation.clone(), vec![ada]);
        given::thread(conn, &on, 0, &["When?"]);
    }
    let site = TestSite::on(&database);
    let manager = site.signed_in(&organisation.manager.email);
    let first = manager.get("/messages");
    assert_eq!(first.texts(".threads h2").len(), 20);
    let second = manager.get(&first.attribute("a[rel=next]", "href").unwrap());
    assert_eq!((second.texts(".threads h2").len(), second.has("a[rel=next]")), (1, false));
    assert!(manager.get("/messages?after=1").says().contains("No older messages"));
    assert_eq!(manager.get("/messages?after=x").status, 200);
    let stranger = given::freelancer(conn, "Mira Lindqvist");
    assert!(site.signed_in(&stranger.email).get("/messages").says().contains("No messages yet"));
    assert_eq!(site.browser().get("/messages").status, 303);
}
