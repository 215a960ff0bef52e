//! Bringing a file through its pages.
use diesel::prelude::*;
use guildhall::schema::{import_rows, projects};

use super::{HEAD, counts, finished, sheet};
use crate::support::given;
use crate::support::invariants;
use crate::support::site::TestSite;

#[test]
fn a_file_is_looked_through_then_put_and_its_bad_rows_come_back() {
    let (database, project) = given::database_with_open_project(0);
    let site = TestSite::on(&database);
    let manager = site.signed_in(&project.organisation.manager.email);
    let mut conn = database.connect();
    let known = super::brought(&mut conn, &project, &sheet(2));
    guildhall::operations::imports::start_import(&mut given::patient(&mut conn), project.organisation.manager.id, known).unwrap();
    finished(&database);
    assert_eq!(counts(&mut conn, known), [Some(2), Some(0), Some(0), Some(0)]);

    // 1 as it is, 2 with another title, 3 new, one wrong in everything, one twice
    let file = sheet(3).replace("Till 2", "Till number 2")
        + ",,,GIFT,x,,EURO,some day\n"
        + &sheet(1).replace(HEAD, "").trim_start().replace("A-1", " a-1 ");
    let form = manager.get("/projects/import");
    assert!(form.says().contains("At most 2 MB and 5000 projects"), "{}", form.says());
    let sent = manager.bring("/projects/import", &[("source", " erp ")], ("file", "projects.csv", format!("\u{FEFF}{file}").as_bytes()));
    let page = manager.follow(sent);
    let says = page.says();
    for expected in [
        "New1 project",
        "Changed1 project",
        "Say the same already1 project",
        "Wrong2",
        "Row 4:",
        "title: ",
        "budget_min: ",
        "Row 1 of this file has the same",
    ] {
        assert!(says.contains(expected), "{expected} in {says}");
    }
    assert_eq!(projects::table.filter(projects::title.like("Till%")).count().get_result(&mut conn), Ok(2_i64), "nothing is put yet");
    let wrong = manager.get(&format!("{}/wrong.csv", page.path));
    assert_eq!(crate::exports::lists::csv(&wrong).len(), 3);

    let running = manager.submit(&page, "form[action$='/start']", &[]);
    assert_eq!(running.status, 303);
    assert_eq!(manager.submit(&page, "form[action$='/start']", &[]).status, 303, "a double click begins it once");
    finished(&database);
    let done = manager.get(&page.path);
    for expected in ["Every row has been dealt with", "New1", "Changed1", "Said the same already1", "Failed2"] {
        assert!(done.says().contains(expected), "{expected} in {}", done.says());
    }
    assert_eq!(import_rows::table.count().get_result(&mut conn), Ok(2_i64), "what was put is cleared, what failed is kept");
    let wrong = crate::exports::lists::csv(&manager.get(&format!("{}/wrong.csv", page.path)));
    assert_eq!((wrong.len(), wrong[1][4].as_str()), (3, "GIFT"), "{wrong:?}");
    assert!(wrong[1].last().unwrap().contains("kind: "));
    assert!(manager.get("/notices").says().contains("has been dealt with"));
    invariants::hold(&database);
}

#[test]
fn who_writes_no_projects_brings_none() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let mut conn = database.connect();
    let import = super::brought(&mut conn, &project, &sheet(1));
    let (viewer, outsider) = (site.signed_in(&project.organisation.viewer.email), site.signed_in(&project.freelancers[0].email));
    for who in [&viewer, &outsider] {
        assert_eq!(who.get("/projects/import").status, 403);
        assert_eq!(who.bring("/projects/import", &[("source", "ERP")], ("file", "a.csv", sheet(1).as_bytes())).status, 403);
    }
    for act in ["start", "stop", "discard"] {
        assert_eq!(viewer.post(&format!("/imports/{import}/{act}"), &[]).status, 403, "{act}");
        assert_eq!(outsider.post(&format!("/imports/{import}/{act}"), &[]).status, 404, "{act}");
    }
    assert_eq!((viewer.get(&format!("/imports/{import}")).status, outsider.get(&format!("/imports/{import}")).status), (403, 404));
    assert_eq!(outsider.get(&format!("/imports/{import}/wrong.csv")).status, 404);
}

#[test]
fn a_file_that_makes_no_sense_is_said_beside_the_form() {
    let (database, project) = given::database_with_open_project(0);
    let site = TestSite::on(&database);
    let manager = site.signed_in(&project.organisation.manager.email);
    let send = |source: &str, bytes: &[u8]| manager.bring("/projects/import", &[("source", source)], ("file", "a.csv", bytes));
    for (source, bytes, says) in [
        ("", sheet(1).into_bytes(), "Enter the name of the system"),
        ("ERP", Vec::new(), "Choose a file"),
        ("ERP", b"title\n\xff\xfe".to_vec(), "Save the file as UTF-8"),
        ("ERP", b"title\nA".to_vec(), "The first line must name the columns. Missing: external_ref"),
        ("ERP", vec![b'x'; 2_000_001], "at most 2 MB"),
    ] {
        let page = send(source, &bytes);
        assert_eq!(page.status, 422, "{says}: {}", page.says());
        assert!(page.says().contains(says), "{says} in {}", page.says());
        assert!(source.is_empty() || page.html.contains("value=\"ERP\""), "what was typed is kept");
    }
    assert_eq!(manager.post("/projects/import", &[("source", "ERP")]).status, 415, "a form without a file is none");
}
