//! Writing a proposal, checking it, sending it, changing it, taking it back.
use guildhall::operations::projects::{draft_project, publish_project};

use super::site_with_open_project;
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::site::TestSite;

#[test]
fn a_proposal_is_written_checked_and_sent() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let organisation = given::organisation(conn);
    let ada = given::freelancer(conn, "Ada Byron");
    let mut words = given::project_words();
    words.questions = vec!["When can you start?".to_owned(), "Which scanners do you know?".to_owned()];
    let project = draft_project(&mut patient(conn), organisation.manager.id, organisation.id, &words, None).expect("a draft");
    publish_project(&mut patient(conn), organisation.manager.id, project, Some(1)).expect("a project");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&ada.email);

    let form = browser.follow(browser.get(&format!("/projects/{project}/proposals")));
    assert_eq!((form.status, form.path.as_str()), (200, format!("/projects/{project}/proposals/new").as_str()));
    assert_eq!(form.attribute("main form", "action"), Some(format!("/projects/{project}/proposals")));
    let review = "button.btn[value=check]";
    let wrong = browser.submit(&form, review, &[("amount", "a lot"), ("cover_letter", "I know **stock**.")]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.text("title").starts_with("Error: "));
    assert!(wrong.has("[data-error-summary] a[href='#amount']"));
    assert_eq!(wrong.attribute("#amount", "value").as_deref(), Some("a lot"));
    assert_eq!(wrong.text("#cover_letter"), "I know **stock**.");

    let more = browser.submit(&wrong, "button[name=more]", &[("milestone_title", "Goods in"), ("milestone_amount", "4000")]);
    assert_eq!((more.status, more.texts(".many").len()), (200, 2));
    let typed = [
        ("amount", "6 400,00"),
        ("days", "20"),
        ("start", "2026-12-07"),
        ("answers", "On Monday"),
        ("answers", "<b>Zebra</b>"),
        ("milestone_title", "Goods in"),
        ("milestone_title", "Counting"),
        ("milestone_amount", "4000"),
        ("milestone_amount", "2400"),
    ];
    let check = browser.submit(&more, review, &typed);
    assert_eq!(check.status, 200, "{}", check.says());
    let said = check.says();
    for words in ["€6,400.00", "20 working days", "Mon 7 Dec 2026", "On Monday", "<b>Zebra</b>", "Counting: €2,400.00"] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let back = browser.submit(&check, "button[value=change]", &[]);
    assert_eq!(back.attribute("#amount", "value").as_deref(), Some("6 400,00"));
    assert_eq!(back.attribute("input[name='milestone_title']", "value").as_deref(), Some("Goods in"));

    let check = browser.submit(&back, review, &[]);
    let sent = browser.submit(&check, "main form", &[]);
    let page = browser.follow(sent);
    assert!(page.text(".flash").contains("was sent. Proposals close"), "{}", page.says());
    assert!(page.text("aside .note h2") == "Pending" && page.says().contains("Zebra"), "{}", page.says());

    // sent once more from the same page: nothing new
    let again = browser.submit(&check, "main form", &[]);
    assert_eq!(again.location(), page.path);
    assert!(!browser.get(&page.path).says().contains("Version 2"));

    let form = browser.get(&format!("/projects/{project}/proposals/new"));
    let changed = browser.submit(&form, "main form", &[("amount", "6100"), ("milestone_amount", "3700"), ("milestone_amount", "2400")]);
    assert!(browser.follow(changed).says().contains("Version 2"));
}

#[test]
fn a_tool_sends_a_proposal_with_two_fields() {
    let (site, database, project) = site_with_open_project(0);
    let ada = given::freelancer(&mut database.connect(), "Ada Byron");
    let browser = site.signed_in(&ada.email);
    let address = format!("/projects/{}/proposals", project.id);
    let sent = browser.post(&address, &[("amount", "6400"), ("cover_letter", "I can.")]);
    assert!(sent.location().starts_with("/proposals/"));
    let changed = browser.post(&address, &[("amount", "6200"), ("cover_letter", "I can.")]);
    assert_eq!(changed.location(), sent.location());
}

#[test]
fn a_proposal_is_withdrawn_and_sent_again() {
    let (site, _database, project) = site_with_open_project(1);
    let browser = site.signed_in(&project.freelancers[0].email);
    let address = format!("/proposals/{}", project.proposals[0]);
    let asks = browser.get(&format!("{address}/withdraw"));
    let done = browser.submit(&asks, "main form", &[]);
    assert_eq!(browser.submit(&asks, "main form", &[]).location(), address, "the second click of two");
    let page = browser.follow(done);
    assert_eq!(page.text("aside .note h2"), "Withdrawn");
    let form = browser.get(&format!("/projects/{}/proposals/new", project.id));
    assert_eq!(form.text("h1"), "Send your proposal again");
    let sent = browser.follow(browser.submit(&form, "main form", &[]));
    assert_eq!(sent.text("aside .note h2"), "Pending");
}
