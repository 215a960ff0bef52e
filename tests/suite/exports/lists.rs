//! Every list that can be had as a file holds what its page shows to the same reader, in both formats.
use diesel::connection::SimpleConnection;
use guildhall::domain::message::About;
use guildhall::operations::proposals::accept_proposal;
use guildhall::operations::searches::save_search;

use crate::support::browser::Browser;
use crate::support::given::{self, FIRST_SEEN, patient};
use crate::support::page::Page;
use crate::support::site::TestSite;

/// The rows of a file in CSV, its heads first.
pub fn csv(file: &Page) -> Vec<Vec<String>> {
    assert_eq!((file.status, file.header("content-type")), (200, "text/csv; charset=utf-8"), "{}", file.html);
    let text = file.html.strip_prefix('\u{FEFF}').expect("the mark of UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a whole row").iter().map(str::to_owned).collect()).collect()
}

/// The rows of a file in JSON.
pub fn json(file: &Page) -> Vec<serde_json::Map<String, serde_json::Value>> {
    assert_eq!((file.status, file.header("content-type")), (200, "application/json"), "{}", file.html);
    serde_json::from_str(&file.html).expect("an array of objects")
}

/// Both files of a list, alike: the CSV's rows without its heads, by the names of their columns.
#[track_caller]
pub fn both(browser: &Browser, list: &str, query: &str) -> Vec<serde_json::Map<String, serde_json::Value>> {
    let (table, objects) = (csv(&browser.get(&format!("{list}.csv{query}"))), json(&browser.get(&format!("{list}.json{query}"))));
    assert_eq!(table.len(), objects.len() + 1, "{list}");
    for object in &objects {
        assert_eq!(object.len(), table[0].len(), "{list}: each column has a name of its own");
    }
    objects
}

pub fn column(rows: &[serde_json::Map<String, serde_json::Value>], name: &str) -> Vec<String> {
    let word = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    rows.iter().map(|row| word(row.get(name).unwrap_or_else(|| panic!("{name} in {row:?}")))).collect()
}

#[test]
fn open_projects_come_whole_as_they_were_filtered_and_ordered() {
    let (database, project) = given::database_with_open_project(1);
    let mut conn = database.connect();
    for _ in 0..30 {
        given::published(&mut conn, &project.organisation);
    }
    given::draft(&mut conn, &project.organisation);
    conn.batch_execute(&format!("UPDATE projects SET title = '=HYPERLINK(1)', budget_max = budget_max + 100 WHERE id = {}", project.id))
        .expect("odd words");
    let site = TestSite::on(&database);
    let visitor = site.browser();
    let all = both(&visitor, "/projects", "");
    assert_eq!(all.len(), 31, "all pages, no draft");
    let page = visitor.get("/projects?sort=budget");
    let sorted = both(&visitor, "/projects", "?sort=budget");
    assert_eq!(column(&sorted, "project")[..20], page.texts("li.entry .ref")[..], "in the page's order");
    assert_eq!(
        (sorted[0]["title"].as_str(), csv(&visitor.get("/projects.csv?sort=budget"))[1][1].as_str()),
        (Some("=HYPERLINK(1)"), "'=HYPERLINK(1)")
    );
    assert!(both(&visitor, "/projects", "?q=nothing-has-this-word").is_empty());
    let link = visitor.get("/projects?sort=budget&q=projects").attribute("a[href*='.csv']", "href");
    assert!(link.is_none_or(|link| link == "/projects.csv?q=projects&sort=budget"));
    assert_eq!(page.attribute("a[href*='.csv']", "href").as_deref(), Some("/projects.csv?sort=budget"));
    let file = visitor.get("/projects.csv");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"projects.csv\"");
    assert_eq!(visitor.get("/projects.pdf").status, 404);
}

#[test]
fn each_list_page_links_its_files_and_they_hold_its_rows() {
    let (database, project) = given::database_with_open_project(2);
    let mut conn = database.connect();
    let (org, id, bid) = (&project.organisation, project.id, project.proposals[0]);
    given::message(&mut conn, &org.owner, About::Proposal(bid), "-And in August?");
    given::enquiry(&mut conn, &project, &project.freelancers[0], "When?", Some("In May."));
    let search = guildhall::domain::words::SearchName::parse("Rust").unwrap();
    save_search(&mut patient(&mut conn), project.freelancers[0].id, &search, "/projects?skill=rust").expect("a search");
    let invited = given::freelancer(&mut conn, "Mira Lindqvist");
    guildhall::operations::projects::invite_freelancer(&mut patient(&mut conn), org.owner.id, id, invited.id).expect("an invitation");
    let decided = given::open_project_with(&mut conn, org.clone(), project.freelancers.clone());
    let won = accept_proposal(&mut patient(&mut conn), org.owner.id, decided.proposals[0], FIRST_SEEN).expect("an award");
    given::message(&mut conn, &org.owner, About::Contract(won.contract), "Welcome.");
    let site = TestSite::on(&database);
    let (owner, author) = (site.signed_in(&org.owner.email), site.signed_in(&project.freelancers[0].email));
    owner.submit(&owner.get(&format!("/organisations/{}", org.id)), "form[action$='/invitations']", &[("note", "A colleague")]);

    let lists = [
        (&owner, "/dashboard".to_owned(), "/dashboard/projects".to_owned(), 2),
        (&owner, "/dashboard".to_owned(), "/dashboard/contracts".to_owned(), 1),
        (&author, "/dashboard".to_owned(), "/dashboard/proposals".to_owned(), 2),
        (&author, "/freelancers".to_owned(), "/freelancers".to_owned(), 3),
        (&owner, format!("/organisations/{}", org.id), format!("/organisations/{}/members", org.id), 4),
        (&owner, format!("/organisations/{}", org.id), format!("/organisations/{}/invitations", org.id), 1),
        (&owner, format!("/organisations/{}/history", org.id), format!("/organisations/{}/history", org.id), 1),
        (&owner, format!("/projects/{id}/invitations"), format!("/projects/{id}/invitations"), 1),
        (&author, format!("/projects/{id}/questions"), format!("/projects/{id}/questions"), 1),
        (&author, format!("/proposals/{bid}/messages"), format!("/proposals/{bid}/messages"), 1),
        (&author, format!("/contracts/{}/messages", won.contract), format!("/contracts/{}/messages", won.contract), 1),
        (&author, "/messages".to_owned(), "/messages".to_owned(), 2),
        (&author, "/searches".to_owned(), "/searches".to_owned(), 1),
    ];
    for (reader, page, list, rows) in &lists {
        let page = reader.get(page);
        for format in ["csv", "json"] {
            assert!(page.has(&format!("a[href='{list}.{format}']")), "{list}.{format} on {}", page.path);
        }
        let found = both(reader, list, "");
        assert!(found.len() >= *rows, "{list}: {found:?}");
    }
    for list in ["/notices", "/account/history", &format!("/projects/{id}/history")] {
        let page = author.get(list);
        let entries = page.texts("ol.timeline > li, ul.notices > li").len();
        assert_eq!(both(&author, list, "").len(), entries, "{list}");
    }
    assert_eq!(column(&both(&author, &format!("/proposals/{bid}/messages"), ""), "words"), ["-And in August?"]);
    assert_eq!(column(&both(&owner, &format!("/projects/{id}/questions"), ""), "answer"), ["In May."]);
}

#[test]
fn who_may_not_see_a_list_has_no_file_of_it() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let (org, id) = (project.organisation.id, project.id);
    let mut conn = database.connect();
    let stranger = given::freelancer(&mut conn, "Mira Lindqvist");
    let (viewer, stranger, visitor) = (site.signed_in(&project.organisation.viewer.email), site.signed_in(&stranger.email), site.browser());
    for list in [
        format!("/organisations/{org}/members"),
        format!("/organisations/{org}/invitations"),
        format!("/organisations/{org}/history"),
        format!("/projects/{id}/history"),
        format!("/projects/{id}/invitations"),
        format!("/projects/{id}/proposals"),
        format!("/proposals/{}/messages", project.proposals[0]),
    ] {
        for format in ["csv", "json"] {
            let file = stranger.get(&format!("{list}.{format}"));
            assert_eq!(file.status, 404, "{list}: {}", file.html);
            let file = visitor.get(&format!("{list}.{format}"));
            assert_eq!(file.status, 303, "{list}: {}", file.html);
            assert!(file.location().starts_with("/sign-in?next="), "{}", file.location());
        }
    }
    for list in [format!("/organisations/{org}/invitations"), format!("/projects/{id}/invitations")] {
        assert_eq!(viewer.get(&format!("{list}.csv")).status, 403, "{list}");
    }
    let draft = given::draft(&mut conn, &project.organisation);
    assert_eq!(visitor.get(&format!("/projects/{draft}/questions.csv")).status, 404);
}

#[test]
fn a_history_s_file_hides_what_its_page_hides() {
    let (database, project) = given::database_with_open_project(2);
    given::enquiry(&mut database.connect(), &project, &project.freelancers[1], "When?", None);
    let site = TestSite::on(&database);
    let list = format!("/projects/{}/history", project.id);
    let (author, manager) = (site.signed_in(&project.freelancers[0].email), site.signed_in(&project.organisation.manager.email));
    for reader in [&author, &manager] {
        let (page, rows) = (reader.get(&list), both(reader, &list, ""));
        let hidden = page.texts("ol.timeline p").iter().filter(|says| *says == "Something that concerns others happened.").count();
        assert_eq!(rows.iter().filter(|row| row["kind"].is_null() && row["who"].is_null()).count(), hidden);
        assert!(rows.iter().all(|row| row["hash"].as_str().is_some_and(|hash| hash.len() == 64)));
        let asked = rows.iter().find(|row| row["kind"] == "ENQUIRY_MADE").expect("the question");
        assert!(asked["who"].is_null(), "nobody is told who asked");
    }
}
