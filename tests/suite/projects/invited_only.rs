//! A project that only the invited can see: for others it is not there, on any route.
use diesel::prelude::*;
use guildhall::domain::project::Visibility;
use guildhall::domain::words::Title;
use guildhall::operations::projects::{choose_visibility, draft_project, invite_freelancer, publish_project, uninvite_freelancer};

use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject, Somebody, patient};
use crate::support::routes::ROUTES;
use crate::support::site::TestSite;

/// In the title, the description and the skills alike.
const MARKER: &str = "Quarzwolke";

/// An open project for the invited alone, with a proposal of one of them and a question of the other.
fn hidden(database: &TestDatabase) -> OpenProject {
    let conn = &mut database.connect();
    let organisation = given::organisation(conn);
    let mut words = given::project_words();
    words.title = Title::parse(MARKER).unwrap();
    words.skills.push(MARKER.to_owned());
    let by = organisation.manager.id;
    let id = draft_project(&mut patient(conn), by, organisation.id, &words, None).unwrap();
    choose_visibility(&mut patient(conn), by, id, Visibility::Invited).unwrap();
    let freelancers: Vec<_> = ["Ada Byron", "Ivo Tanaka"].map(|name| given::freelancer(conn, name)).into();
    for guest in &freelancers {
        invite_freelancer(&mut patient(conn), by, id, guest.id).unwrap();
    }
    publish_project(&mut patient(conn), by, id, None).unwrap();
    let proposals = vec![given::proposal(conn, id, &freelancers[0], 600_000)];
    let project = OpenProject { organisation, id, deadline: words.deadline, freelancers, proposals };
    given::enquiry(conn, &project, &project.freelancers[1], "Is it a cloud?", Some("Of quartz."));
    project
}

/// Every address of the table with this number in its places.
fn addresses(number: i64) -> Vec<String> {
    let patterns = ROUTES.split("resource(\"").skip(1).filter_map(|text| text.split('"').next());
    patterns.map(|pattern| pattern.replace("{id}", &number.to_string()).replace("{user}", "1").replace("{token}", "x")).collect()
}

#[test]
fn for_others_it_is_not_there_on_any_route() {
    let database = TestDatabase::new();
    let project = hidden(&database);
    let (stranger, rival, somebody) = {
        let conn = &mut database.connect();
        let people = (given::freelancer(conn, "Rosa Ferreira"), given::organisation(conn).owner, given::somebody(conn, "Sami Haddad"));
        // what it asks for, so that it would fit them
        diesel::sql_query("UPDATE freelancers SET skills = ARRAY['Rust']").execute(conn).unwrap();
        people
    };
    let site = TestSite::on(&database);
    let enquiry: i64 = guildhall::schema::enquiries::table.select(guildhall::schema::enquiries::id).first(&mut database.connect()).unwrap();
    let numbers = [project.id.0, project.proposals[0].0, enquiry];
    let mut read = 0;
    let browsers = [&stranger, &rival, &somebody].map(|person| site.signed_in(&person.email));
    for browser in browsers.iter().chain([&site.browser()]) {
        for number in numbers {
            // what is not there at all answers in the same way
            for (address, absent) in addresses(number).iter().zip(addresses(987_654)) {
                if address.contains("sign-out") {
                    continue;
                }
                let (page, other) = (browser.get(address), browser.get(&absent));
                assert!(!page.html.contains(MARKER), "{address} tells of it");
                assert_eq!(page.status, other.status, "{address} is told from {absent}");
                let (sent, other) = (browser.post(address, FIELDS), browser.post(&absent, FIELDS));
                assert!(!sent.html.contains(MARKER), "{address} tells of it when written to");
                assert_eq!(sent.status, other.status, "{address} when written to is told from {absent}");
                read += 2;
            }
        }
        for list in [
            "/",
            "/projects",
            "/projects?q=Quarzwolke",
            "/projects?skill=Quarzwolke",
            "/projects?sort=closing",
            "/projects?for=me",
            "/dashboard",
        ] {
            assert!(!main_of(browser, list).contains(MARKER), "{list}");
        }
        let after = |id: i64| browser.get(&format!("/projects?after={id}")).texts("main h2");
        assert_eq!(after(project.id.0), after(987_654), "what comes after it is told by its number");
    }
    println!("{read} requests, nowhere told of");
}

/// So that a form gets as far as it can.
const FIELDS: &[(&str, &str)] = &[
    ("amount", "6400"),
    ("days", "20"),
    ("cover_letter", "I have built two of these."),
    ("question", "Is it there?"),
    ("answer", "Yes"),
    ("reason", "No"),
    ("version", "1"),
    ("visibility", "PUBLIC"),
    ("freelancer", "1"),
];

/// The list without the words that were looked for.
fn main_of(browser: &Browser, list: &str) -> String {
    browser.get(list).texts("main li h3, main li p, main .skills").join(" ")
}

#[test]
fn the_invited_see_all_of_it_and_whoever_takes_part_stays() {
    let database = TestDatabase::new();
    let project = hidden(&database);
    let site = TestSite::on(&database);
    let address = format!("/projects/{}", project.id);
    let see = |who: &Somebody| site.signed_in(&who.email).get(&address).status;
    let (ada, ivo) = (&project.freelancers[0], &project.freelancers[1]);
    let organisation = &project.organisation;
    for who in [ada, ivo, &organisation.owner, &organisation.viewer] {
        assert_eq!(see(who), 200, "{}", who.name);
    }
    let browser = site.signed_in(&ivo.email);
    assert!(browser.get(&address).text("aside").contains("Invited freelancers only"));
    assert_eq!(browser.get("/projects?for=me").texts("li h3"), [MARKER]);
    assert_eq!(browser.get(&format!("{address}/proposals/new")).status, 200);
    for guest in [ada, ivo] {
        uninvite_freelancer(&mut patient(&mut database.connect()), organisation.manager.id, project.id, guest.id).unwrap();
    }
    assert_eq!((see(ada), see(ivo)), (200, 404), "who has sent a proposal takes part");
    let form = site.signed_in(&ada.email).get(&format!("{address}/proposals/new"));
    assert_eq!(form.status, 200);
    let sent = browser.post(&format!("{address}/proposals"), FIELDS);
    assert_eq!(sent.status, 404, "{}", sent.says());
    choose_visibility(&mut patient(&mut database.connect()), organisation.manager.id, project.id, Visibility::Public).unwrap();
    assert_eq!((see(ivo), site.browser().get("/projects").texts("li h3")), (200, vec![MARKER.to_owned()]));
    crate::support::invariants::hold(&database);
}
