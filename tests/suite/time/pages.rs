//! The pages: the week as a table, sessions, the timer, and what they say when something is not taken.
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::schema::{timesheets, work_logs};

use super::Ground;
use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::invariants;
use crate::support::page::Page;
use crate::support::site::TestSite;

fn week(browser: &Browser, ground: &Ground) -> Page {
    let page = browser.get(&format!("/contracts/{}/time?week={}", ground.contract, ground.week()));
    assert_eq!(page.status, 200, "{}", page.says());
    page
}

/// As `<input type=datetime-local>` sends it, in UTC.
fn local(ground: &Ground, hours: i64, minutes: i64) -> String {
    ground.at(hours, minutes).format("%Y-%m-%dT%H:%M").to_string()
}

#[test]
fn a_week_is_typed_sent_given_back_and_approved() {
    let database = TestDatabase::new();
    let ground = Ground::new(&database);
    let site = TestSite::on(&database);
    let freelancer = site.signed_in(&ground.freelancer.email);
    let owner = site.signed_in(&ground.organisation.owner.email);
    let page = week(&freelancer, &ground);
    // two rows to type into: the first one's Monday and Tuesday, in both ways of writing
    let typed = [("note", "Shelves"), ("note", "Till"), ("d0", "7,5"), ("d0", "0:30"), ("d1", "8"), ("d1", "")];
    let page = freelancer.follow(freelancer.submit(&page, "form[action$='/time']", &typed));
    assert_eq!(page.texts("tfoot [data-day]")[..3], ["8:00", "8:00", "0:00"]);
    assert_eq!(page.text("tfoot [data-total]"), "16:00");
    assert_eq!(page.texts("tbody td:last-child"), ["15:30", "0:30", "", ""]);
    // nonsense is said beside its field, and what was typed stays
    let wrong = freelancer.submit(&page, "form[action$='/time']", &[("d2", "soon"), ("d2", ""), ("d2", ""), ("d2", "")]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.says().contains("Enter hours like 7.5, 7,5 or 7:30") && wrong.html.contains("value=\"soon\""), "{}", wrong.says());
    // a cell is changed, another one emptied
    let page = freelancer.follow(freelancer.submit(&page, "form[action$='/time']", &[("d0", "8"), ("d0", ""), ("d0", ""), ("d0", "")]));
    assert_eq!(page.text("tfoot [data-total]"), "16:00");
    assert_eq!(page.texts("tbody td:last-child"), ["16:00", "", ""]);
    let sent = freelancer.follow(freelancer.submit(&page, "form[action$='/time/submit']", &[]));
    assert!(sent.says().contains("Submitted") && !sent.has("table input"), "{}", sent.says());
    let open = week(&owner, &ground);
    let wordless = owner.submit(&open, "form[action$='/time/query']", &[("reason", " ")]);
    assert_eq!(wordless.status, 422);
    let given_back = owner.follow(owner.submit(&open, "form[action$='/time/query']", &[("reason", "Eight hours on Tuesday?")]));
    assert!(given_back.says().contains("Queried"), "{}", given_back.says());
    let page = week(&freelancer, &ground);
    assert!(page.says().contains("Eight hours on Tuesday?"));
    freelancer.follow(freelancer.submit(&page, "form[action$='/time/submit']", &[]));
    // what was opened before is stale: nothing is approved by it
    let stale = owner.submit(&open, "form[action$='/time/approve']", &[]);
    assert_eq!(stale.status, 409);
    assert!(stale.says().contains("Nothing was approved."), "{}", stale.says());
    let done = owner.follow(owner.submit(&week(&owner, &ground), "form[action$='/time/approve']", &[]));
    assert!(done.says().contains("Approved") && done.says().contains("Nadia Osei approved it"), "{}", done.says());
    // a late change from a page that was opened before
    let late = freelancer.submit(&page, "form[action$='/time']", &[("d0", "9"), ("d0", ""), ("d0", "")]);
    assert_eq!(late.status, 409);
    let number = ground.week().number();
    assert!(late.text("h1").starts_with(&format!("Nadia Osei approved week {number} at ")), "{}", late.says());
    assert!(late.says().contains("Your change was not saved.") && late.says().contains("8:00 → 9:00"), "{}", late.says());
    invariants::hold(&database);
}

#[test]
fn the_page_of_a_refusal_shows_what_lies_in_the_way_and_offers_to_trim() {
    let database = TestDatabase::new();
    let ground = Ground::new(&database);
    let other = ground.other(&database);
    other.records(&mut database.connect(), ground.span(10, 11)).expect("a session");
    let site = TestSite::on(&database);
    let freelancer = site.signed_in(&ground.freelancer.email);
    let page = week(&freelancer, &ground);
    let (began, ended) = (local(&ground, 9, 0), local(&ground, 12, 0));
    let fields = [("started_at", began.as_str()), ("ended_at", ended.as_str()), ("note", "Shelves")];
    let refused = freelancer.submit(&page, "form[action$='/work-logs']", &fields);
    assert_eq!(refused.status, 409);
    assert!(refused.says().contains(&other.contract.reference()) && refused.says().contains("10:00 to 11:00 UTC"), "{}", refused.says());
    let offers = refused.texts("form[action$='/work-logs'] button");
    assert_eq!(offers.len(), 2, "{offers:?}");
    let before = refused.each("form[action$='/work-logs'] input[name=ended_at]", |input| input.attr("value").unwrap().to_owned());
    let kept = freelancer.post(
        &format!("/contracts/{}/work-logs", ground.contract),
        &[("started_at", &began), ("ended_at", &before[0]), ("note", "Shelves")],
    );
    assert_eq!(kept.status, 303, "{}", kept.says());
    assert_eq!(work_logs::table.count().get_result(&mut database.connect()), Ok(2_i64));
    invariants::hold(&database);
}

#[test]
fn a_second_click_writes_one_session() {
    let database = TestDatabase::new();
    let ground = Ground::new(&database);
    let site = TestSite::on(&database);
    let freelancer = site.signed_in(&ground.freelancer.email);
    let page = week(&freelancer, &ground);
    let (began, ended) = (local(&ground, 9, 0), local(&ground, 12, 0));
    let fields = [("started_at", began.as_str()), ("ended_at", ended.as_str()), ("note", "Shelves")];
    let answers = [(); 2].map(|()| freelancer.submit(&page, "form[action$='/work-logs']", &fields).status);
    assert_eq!(answers, [303, 303]);
    assert_eq!(work_logs::table.count().get_result(&mut database.connect()), Ok(1_i64));
}

#[test]
fn a_time_that_was_twice_is_asked_about_and_one_that_never_was_is_told() {
    let database = TestDatabase::new();
    let ground = Ground::new(&database);
    let conn = &mut database.connect();
    given::past_triggers(conn, &format!("UPDATE contracts SET accepted_at = '2025-01-01' WHERE id = {}", ground.contract));
    conn.batch_execute(&format!("UPDATE users SET time_zone = 'Europe/Berlin' WHERE id = {}", ground.freelancer.id)).unwrap();
    let site = TestSite::on(&database);
    let freelancer = site.signed_in(&ground.freelancer.email);
    let path = format!("/contracts/{}/work-logs", ground.contract);
    let never = freelancer.post(&path, &[("started_at", "2026-03-29T02:30"), ("ended_at", "2026-03-29T04:00"), ("note", "")]);
    assert_eq!(never.status, 422);
    assert!(never.says().contains("The clocks went forward over this time: after it came Sun 29 Mar 2026, 03:00 CEST"), "{}", never.says());
    let twice = freelancer.post(&path, &[("started_at", "2025-10-26T02:30"), ("ended_at", "2025-10-26T04:00"), ("note", "Night")]);
    assert_eq!(twice.status, 422);
    let choices = twice.each("select[name=started_at] option", |option| option.attr("value").unwrap().to_owned());
    assert_eq!(choices, ["2025-10-26T00:30:00Z", "2025-10-26T01:30:00Z"]);
    let chosen = freelancer.submit(&twice, "form[action$='/work-logs']", &[("started_at", &choices[1])]);
    let page = freelancer.follow(chosen);
    assert_eq!(page.text("tfoot [data-total]"), "1:30", "{}", page.says());
    assert!(page.says().contains("02:30 to 04:00 CET"), "{}", page.says());
}

#[test]
fn sessions_are_changed_deleted_and_restored() {
    let database = TestDatabase::new();
    let ground = Ground::new(&database);
    let log = ground.records(&mut database.connect(), ground.span(9, 10)).expect("a session");
    let site = TestSite::on(&database);
    let freelancer = site.signed_in(&ground.freelancer.email);
    let form = freelancer.get(&format!("/work-logs/{log}/edit"));
    let ended = local(&ground, 11, 30);
    let page = freelancer.follow(freelancer.submit(&form, "form[action$='/edit']", &[("ended_at", &ended)]));
    assert!(page.says().contains("Changed:") || !page.has(".flash"), "{}", page.says());
    assert_eq!(week(&freelancer, &ground).text("tfoot [data-total]"), "2:30");
    let stale = freelancer.submit(&form, "form[action$='/edit']", &[("ended_at", &local(&ground, 12, 0))]);
    assert_eq!(stale.status, 409);
    freelancer.follow(freelancer.submit(&week(&freelancer, &ground), "form[action$='/delete']", &[]));
    let page = week(&freelancer, &ground);
    assert!(page.says().contains("Deleted (1)"), "{}", page.says());
    freelancer.follow(freelancer.submit(&page, "form[action$='/restore']", &[]));
    assert_eq!(week(&freelancer, &ground).text("tfoot [data-total]"), "2:30");
    invariants::hold(&database);
}

#[test]
fn a_timer_is_started_and_stopped_and_a_file_is_looked_through_first() {
    let database = TestDatabase::new();
    let ground = Ground::new(&database);
    let site = TestSite::on(&database);
    let freelancer = site.signed_in(&ground.freelancer.email);
    let path = format!("/contracts/{}/time", ground.contract);
    let page = freelancer.follow(freelancer.submit(&freelancer.get(&path), "form[action$='/timer/start']", &[("note", "Shelves")]));
    assert!(page.has("form[action$='/timer/stop']"), "{}", page.says());
    let page = freelancer.follow(freelancer.submit(&page, "form[action$='/timer/stop']", &[]));
    assert!(page.has("form[action$='/timer/start']"), "{}", page.says());
    let twice = freelancer.post(&format!("/contracts/{}/timer/stop", ground.contract), &[]);
    assert_eq!(twice.status, 409);
    let row = |from: i64, to: i64| {
        format!("{};{};Counting\n", local(&ground, from, 0).replace('T', " "), local(&ground, to, 0).replace('T', " "))
    };
    let file = |rows: &str| format!("started_at;ended_at;note\n{rows}");
    let bad = freelancer.bring(&format!("{path}/import"), &[], ("file", "a.csv", file(&(row(9, 12) + &row(11, 13))).as_bytes()));
    assert_eq!(bad.status, 200);
    assert!(bad.says().contains("Another row lies there") && !bad.has("button.btn[type=submit]:not(.plain)"), "{}", bad.says());
    let good = freelancer.bring(&format!("{path}/import"), &[], ("file", "a.csv", file(&(row(9, 12) + &row(12, 13))).as_bytes()));
    let done = freelancer.submit(&good, "form[action$='/import/take']", &[]);
    assert_eq!(done.status, 303, "{}", done.says());
    assert_eq!(week(&freelancer, &ground).text("tfoot [data-total]"), "4:00");
    invariants::hold(&database);
}

#[test]
fn both_sides_see_a_week_and_nobody_else_does() {
    let database = TestDatabase::new();
    let ground = Ground::new(&database);
    ground.records(&mut database.connect(), ground.span(9, 10)).expect("a session");
    super::weeks::submits(&mut database.connect(), &ground, None).expect("sent");
    let stranger = given::freelancer(&mut database.connect(), "Rosa Ferreira");
    let site = TestSite::on(&database);
    let organisation = &ground.organisation;
    for (who, decides) in
        [(&organisation.owner, true), (&organisation.manager, true), (&organisation.finance, false), (&organisation.viewer, false)]
    {
        let browser = site.signed_in(&who.email);
        let page = week(&browser, &ground);
        assert_eq!(page.has("form[action$='/time/approve']"), decides, "{}", who.name);
        assert!(!page.has("form[action$='/work-logs']") && !page.has("table input"), "{}", who.name);
        if !decides {
            let version = [("week", ground.week().to_string()), ("version", "2".to_owned())];
            let fields: Vec<_> = version.iter().map(|(name, value)| (*name, value.as_str())).collect();
            assert_eq!(browser.post(&format!("/contracts/{}/time/approve", ground.contract), &fields).status, 403);
        }
    }
    let path = format!("/contracts/{}/time", ground.contract);
    let browser = site.signed_in(&stranger.email);
    assert_eq!(browser.get(&path).status, 404);
    assert_eq!(
        browser
            .post(
                &format!("/contracts/{}/work-logs", ground.contract),
                &[("started_at", &local(&ground, 9, 0)), ("ended_at", &local(&ground, 10, 0))]
            )
            .status,
        404
    );
    assert_eq!(site.browser().get(&path).status, 303);
    assert_eq!(browser.get(&format!("{path}?week=soon")).status, 404);
    assert_eq!(timesheets::table.count().get_result(&mut database.connect()), Ok(1_i64));
}
