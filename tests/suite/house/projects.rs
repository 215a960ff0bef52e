//! Looking for projects, holding one, what both sides read of it, and letting it go on.
use diesel::prelude::*;
use guildhall::schema::projects;

use super::{holds, reason};
use crate::support::given;
use crate::support::invariants;
use crate::support::site::TestSite;
use crate::tickets::admin;

#[test]
fn projects_are_found_by_part_of_their_title_client_state_or_number() {
    let (database, on) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    let keeper = admin(conn, "Priya Raman");
    let draft = given::draft(conn, &on.organisation);
    diesel::update(projects::table.find(draft.0)).set(projects::title.eq("100 % Wool_and")).execute(conn).unwrap();
    let site = TestSite::on(&database);
    let browser = site.signed_in(&keeper.email);
    let names = |path: &str| browser.get(path).texts("ul.list h2");
    assert_eq!(names("/admin/projects").len(), 2);
    assert_eq!(names("/admin/projects?q=%25+wOOl_"), ["100 % Wool_and"]);
    assert!(names("/admin/projects?q=wool-and").is_empty());
    assert_eq!(names("/admin/projects?which=DRAFT"), ["100 % Wool_and"]);
    assert_eq!(names("/admin/projects?which=OPEN").len(), 1);
    assert!(names("/admin/projects?which=held").is_empty());
    assert_eq!(browser.get(&format!("/admin/projects?q=prj-{:04}", on.id.0)).location(), format!("/admin/projects/{}", on.id));
    assert!(browser.get("/admin/projects.csv?q=wool").html.contains("100 % Wool_and"));
    holds(conn, keeper.id, on.id).expect("held");
    assert_eq!(names("/admin/projects?which=held").len(), 1);
    let page = browser.get(&format!("/admin/projects/{}", on.id));
    assert!(
        page.says().contains("Asked freelancers to pay") && page.says().contains("Priya Raman put the project on hold"),
        "{}",
        page.says()
    );
    for other in [&on.organisation.owner, &on.freelancers[0]] {
        let theirs = site.signed_in(&other.email);
        for path in ["/admin/projects", "/admin/projects.json", &format!("/admin/projects/{}", on.id)] {
            assert_eq!(theirs.get(path).status, 404, "{path}");
        }
        for act in ["hold", "release"] {
            assert_eq!(theirs.post(&format!("/admin/projects/{}/{act}", on.id), &[("reason", "Because.")]).status, 404, "{act}");
        }
    }
    assert_eq!(browser.get("/admin/projects/999999").status, 404);
}

#[test]
fn a_held_project_says_so_to_both_sides_and_refuses_what_they_do() {
    let (database, on) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    let (keeper, second) = (admin(conn, "Priya Raman"), admin(conn, "Sofia Marin"));
    let mira = given::freelancer(conn, "Mira Lindqvist");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&keeper.email);
    let (manager, ada, newcomer) =
        (site.signed_in(&on.organisation.manager.email), site.signed_in(&on.freelancers[0].email), site.signed_in(&mira.email));
    let page = format!("/projects/{}", on.id);
    let accept = manager.get(&format!("/proposals/{}/accept", on.proposals[0]));
    let edit = manager.get(&format!("{page}/edit"));
    let path = format!("/admin/projects/{}", on.id);
    let unsaid = browser.submit(&browser.get(&path), &format!("form[action='{path}/hold']"), &[("reason", " ")]);
    assert_eq!((unsaid.status, unsaid.texts(".wrong").len()), (422, 1));
    let done = browser.submit(&browser.get(&path), &format!("form[action='{path}/hold']"), &[("reason", "It asks for a deposit.")]);
    assert_eq!(done.location(), path);
    let twice = site.signed_in(&second.email).post(&format!("{path}/hold"), &[("reason", "Me too.")]);
    assert_eq!(twice.status, 409);
    assert!(twice.says().contains("Priya Raman put the project on hold") && twice.says().contains("Me too."), "{}", twice.says());
    // the reason is told to those concerned, that it is held to everybody, and who of the house did it to nobody
    for (looker, told) in [(&manager, true), (&ada, true), (&newcomer, false), (&site.browser(), false)] {
        let seen = looker.get(&page);
        assert_eq!(seen.text("#held"), "The house holds this project");
        assert_eq!(seen.html.contains("It asks for a deposit."), told, "{}", seen.says());
        assert!(!seen.html.contains("Priya") && !seen.html.contains("Send a proposal") && !seen.html.contains("Ask a question"));
    }
    assert!(manager.get(&format!("{page}/proposals")).has("#held"));
    assert!(ada.get(&format!("/proposals/{}", on.proposals[0])).has("#held"));
    assert!(manager.get(&format!("{page}/history")).says().contains("The house put the project on hold."));
    assert!(!manager.get(&format!("{page}/history.csv")).html.contains("Priya"));
    // what was open already is refused, with who, when and why
    for refused in [
        manager.submit(&accept, "main form", &[]),
        manager.submit(&edit, &format!("form[action='{page}/edit']"), &[("title", "Other words")]),
        manager.get(&format!("{page}/edit")),
        manager.get(&format!("/proposals/{}/accept", on.proposals[0])),
        newcomer.get(&format!("{page}/proposals/new")),
        newcomer.post(&format!("{page}/proposals"), &[("amount", "700"), ("days", "5"), ("cover_letter", "I would.")]),
        newcomer.post(&format!("{page}/questions"), &[("question", "When?")]),
    ] {
        assert_eq!(refused.status, 409, "{}", refused.says());
        assert_eq!(refused.text("h1"), "The house holds this project");
    }
    let refused = manager.submit(&edit, &format!("form[action='{page}/edit']"), &[("title", "Other words")]);
    assert!(refused.says().contains("It asks for a deposit.") && refused.says().contains("Other words"), "{}", refused.says());
    assert!(refused.says().contains("The house put it on hold at"), "{}", refused.says());
    // the client can still call it off, and it goes on when it is released
    assert_eq!(manager.get(&format!("{page}/cancel")).status, 200);
    let done = browser.submit(&browser.get(&path), &format!("form[action='{path}/release']"), &[("reason", "Explained.")]);
    assert!(browser.follow(done).says().contains("released the project"));
    assert!(!manager.get(&page).has("#held"));
    assert!(manager.submit(&accept, "main form", &[]).location().starts_with("/contracts/"));
    let late = browser.post(&format!("{path}/hold"), &[("reason", "Once more.")]);
    assert_eq!((late.status, late.text("h1")), (409, "This project was decided before that".to_owned()));
    assert_eq!(browser.post(&format!("{path}/release"), &[("reason", "Once more.")]).status, 409);
    invariants::hold(&database);
}

#[test]
fn the_house_closes_nothing_that_it_holds() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let keeper = admin(conn, "Priya Raman");
    let rule = guildhall::domain::project::ClosesAfter::days(1).expect("a rule");
    let late = on.deadline + chrono::TimeDelta::days(30);
    let is_due = |conn: &mut PgConnection| {
        let project = guildhall::db::projects::find(conn, on.id).unwrap().unwrap();
        project.overdue(rule, Some(on.deadline), late).is_some() && project.closes_by_itself(rule, late).is_some()
    };
    assert!(is_due(conn));
    guildhall::operations::projects::hold_project(&mut given::patient(conn), keeper.id, on.id, &reason("Asked to wait.")).expect("held");
    assert!(!is_due(conn));
}
