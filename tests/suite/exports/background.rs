//! Files that are made in the background: long lists, and all that is kept about a person.
use std::io::{Cursor, Read};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::domain::message::About;
use guildhall::operations::house::clear_out;
use guildhall::schema::{export_chunks, exports, jobs, notices};
use guildhall::worker::Rules;

use super::lists::{csv, json};
use crate::support::browser::Browser;
use crate::support::crew::work;
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::page::Page;
use crate::support::race::race;
use crate::support::site::TestSite;

/// So many open projects of one client, as many rows as raw SQL makes at once.
fn many_projects(database: &TestDatabase, number: usize) -> given::OpenProject {
    let mut conn = database.connect();
    let project = given::open_project(&mut conn, 1);
    given::past_triggers(
        &mut conn,
        &format!(
            "INSERT INTO projects (organisation_id, organisation_name, created_by, status, title, description, kind, budget_min, budget_max, currency, deadline, \
             published_at, chain_head) SELECT organisation_id, organisation_name, created_by, 'DRAFT', 'Copy ' || n, 'Of it.', kind, budget_min, budget_max, \
             currency, deadline, NULL, '' FROM projects, generate_series(1, {number}) n WHERE id = {};
             UPDATE projects SET status = 'OPEN', published_at = now() WHERE status = 'DRAFT'",
            project.id
        ),
    );
    project
}

fn made(database: &TestDatabase) {
    let made = |conn: &mut PgConnection| exports::table.filter(exports::made_at.is_null()).count().get_result(conn) == Ok(0_i64);
    work(database, 2, Rules::default(), "the files are made", made);
}

/// Presses the button of the page that offers the file.
fn ask(browser: &Browser, address: &str) -> Page {
    let page = browser.get(address);
    assert_eq!((page.status, page.text("title")), (200, "More than 5000 rows – Guildhall".to_owned()), "{}", page.says());
    browser.submit(&page, "main form", &[])
}

#[test]
fn a_long_list_is_made_in_the_background_once_and_for_who_asked_alone() {
    let database = TestDatabase::new();
    let project = many_projects(&database, 5050);
    let site = TestSite::on(&database);
    let (reader, other) = (site.signed_in(&project.freelancers[0].email), site.signed_in(&project.organisation.owner.email));
    assert!(site.browser().get("/projects.csv").says().contains("sign in"));
    assert!(site.browser().get("/projects.csv?q=nothing-has-this-word").html.starts_with('\u{FEFF}'), "a short one comes at once");

    let offered = reader.get("/projects.csv");
    let (first, second) = (reader.submit(&offered, "main form", &[]), reader.submit(&offered, "main form", &[]));
    assert_eq!((first.status, first.location()), (303, second.location()), "a double click asks once");
    let as_json = ask(&reader, "/projects.json");
    let page = reader.follow(first);
    assert!(page.has("progress") && page.text("main p a") == "Look again", "{}", page.says());
    assert_eq!(other.get(&page.path).status, 404);
    assert_eq!(reader.get(&format!("{}/file", page.path)).status, 404, "not before it is whole");
    made(&database);

    let ready = reader.get(&page.path);
    assert!(ready.says().contains("It holds 5051 rows"), "{}", ready.says());
    let file = reader.get(&ready.attribute("a[download]", "href").expect("the file"));
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"projects.csv\"");
    let rows = csv(&file);
    assert_eq!(rows.len(), 5052);
    let mut references: Vec<&String> = rows[1..].iter().map(|row| &row[0]).collect();
    references.sort();
    references.dedup();
    assert_eq!(references.len(), 5051, "none twice where its parts meet");
    assert_eq!(json(&reader.get(&format!("{}/file", reader.follow(as_json).path))).len(), 5051);
    assert_eq!(other.get(&format!("{}/file", page.path)).status, 404);
    let told: i64 = notices::table.filter(notices::kind.eq("FILE_READY")).count().get_result(&mut database.connect()).unwrap();
    assert_eq!(told, 2, "once for each file");
    let link = reader.get("/notices").attribute("a[href^='/exports/'], form[action*='/read'] button[value=open]", "class");
    assert!(link.is_some(), "the notice leads to the file");
}

#[test]
fn an_attempt_that_was_broken_off_leaves_nothing_in_the_file() {
    let database = TestDatabase::new();
    let project = many_projects(&database, 5050);
    let site = TestSite::on(&database);
    let reader = site.signed_in(&project.freelancers[0].email);
    let page = reader.follow(ask(&reader, "/projects.csv"));
    let mut conn = database.connect();
    // what an earlier attempt had kept before it was killed, in more pieces than there will be
    conn.batch_execute("INSERT INTO export_chunks SELECT id, n, 'half a file' FROM exports, generate_series(1, 50) n").unwrap();
    made(&database);
    let file = reader.get(&format!("{}/file", page.path));
    assert_eq!(csv(&file).len(), 5052);
    assert!(!file.html.contains("half a file"));
}

#[test]
fn sixteen_clicks_ask_for_one_file() {
    let (database, project) = given::database_with_open_project(0);
    let by = project.organisation.owner.id;
    let wanted = serde_json::json!("Everything");
    let done = race(&database, 16, |_, conn| {
        guildhall::operations::exports::ask_export(&mut patient(conn), by, "one-click", &wanted, "a.zip").expect("an export")
    });
    assert!(done.iter().all(|id| *id == done[0]), "{done:?}");
    let mut conn = database.connect();
    assert_eq!(exports::table.count().get_result(&mut conn), Ok(1_i64));
    assert_eq!(jobs::table.count().get_result(&mut conn), Ok(1_i64));
    invariants::hold(&database);
}

#[test]
fn all_my_data_is_one_archive_and_holds_nobody_else_s() {
    let (database, project) = given::database_with_open_project(2);
    let mut conn = database.connect();
    given::message(&mut conn, &project.organisation.owner, About::Proposal(project.proposals[0]), "Could you begin in May?");
    given::message(&mut conn, &project.freelancers[0], About::Proposal(project.proposals[0]), "I could.");
    given::enquiry(&mut conn, &project, &project.freelancers[0], "Which till?", None);
    given::enquiry(&mut conn, &project, &project.freelancers[1], "Who else asks?", None);
    let site = TestSite::on(&database);
    let author = site.signed_in(&project.freelancers[0].email);
    let page = author.get("/account/data");
    let page = author.follow(author.submit(&page, "main form", &[]));
    made(&database);
    let file = author.bytes(&format!("{}/file", page.path));
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("an archive");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    assert_eq!(names.len(), 62, "thirty-one tables in two formats: {names:?}");
    let mut read = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap_or_else(|_| panic!("{name}")).read_to_string(&mut text).expect("UTF-8");
        text
    };
    let proposals: serde_json::Value = serde_json::from_str(&read("proposals-whole.json")).unwrap();
    assert_eq!(proposals.as_array().map(Vec::len), Some(1));
    assert_eq!(proposals[0]["price"], "6000.00");
    assert!(read("messages-written.csv").contains("I could.") && !read("messages-written.csv").contains("begin in May"));
    assert!(read("questions-asked.json").contains("Which till?") && !read("questions-asked.json").contains("Who else asks?"));
    assert!(read("account.csv").contains(&project.freelancers[0].email));
    let all: String = names.iter().map(|name| read(name)).collect();
    assert!(!all.contains(&project.freelancers[1].email) && !all.contains("6100.00"), "nothing of the rival's");
    assert!(!all.contains("$argon2"), "no password's hash");
    assert!(author.get("/account/data").has("a[href^='/exports/']"));
}

#[test]
fn files_go_after_a_week_and_twenty_are_kept() {
    let (database, project) = given::database_with_open_project(0);
    let mut conn = database.connect();
    let by = project.organisation.owner.id;
    let wanted = serde_json::json!("Everything");
    for number in 0..20 {
        let key = format!("file-number-{number}");
        guildhall::operations::exports::ask_export(&mut patient(&mut conn), by, &key, &wanted, "a.zip").expect("an export");
    }
    let refused = guildhall::operations::exports::ask_export(&mut patient(&mut conn), by, "file-number-20", &wanted, "a.zip");
    assert!(matches!(refused, Err(guildhall::db::Failure::Refused(_))), "{refused:?}");
    conn.batch_execute(
        "INSERT INTO export_chunks SELECT id, 1, 'x' FROM exports; UPDATE exports SET asked_at = now() - interval '8 days' WHERE key <> 'file-number-3'",
    )
    .unwrap();
    clear_out(&mut conn).expect("a clearing out");
    assert_eq!(exports::table.count().get_result(&mut conn), Ok(1_i64));
    assert_eq!(export_chunks::table.count().get_result(&mut conn), Ok(1_i64));
}
