//! Telling the house about projects, profiles and reviews, and settling that.
use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::db::abuse;
use guildhall::domain::abuse::{AbuseOf, AbuseRefused, MOST_A_DAY, Outcome, SettleRefused, Subject};
use guildhall::domain::ids::{AbuseId, UserId};
use guildhall::operations::abuse::{report_abuse, settle_report};
use guildhall::schema::abuse_reports;

use super::reason;
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::race::race;
use crate::support::site::TestSite;
use crate::tickets::admin;

fn reports(conn: &mut PgConnection, by: UserId, of: AbuseOf, id: i64) -> Result<(), Failure<AbuseRefused>> {
    report_abuse(&mut patient(conn), by, Subject { of, id }, &reason("It asks for a deposit."))
}

/// Settles one as dismissed.
pub fn settles(conn: &mut PgConnection, by: UserId, id: AbuseId) -> Result<(), Failure<SettleRefused>> {
    settle_report(&mut patient(conn), by, id, Outcome::Dismissed, &reason("Nothing is wrong with it."))
}

/// A report of a project by somebody who has not offered on it.
pub fn reported(conn: &mut PgConnection, project: i64) -> AbuseId {
    let by = given::freelancer(conn, "Rosa Ferreira").id;
    reports(conn, by, AbuseOf::Project, project).expect("a report");
    let newest = abuse_reports::table.select(abuse_reports::id).order(abuse_reports::id.desc());
    AbuseId(newest.first(conn).expect("the report"))
}

#[test]
fn what_is_reported_reaches_the_house_once_and_is_settled_with_a_word() {
    let (database, on) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    let (keeper, second) = (admin(conn, "Priya Raman"), admin(conn, "Sofia Marin"));
    let site = TestSite::on(&database);
    let (ada, manager) = (site.signed_in(&on.freelancers[0].email), site.signed_in(&on.organisation.manager.email));
    let (project, profile) = (format!("/projects/{}", on.id), format!("/freelancers/{}", on.freelancers[0].id));
    assert!(site.browser().get(&format!("{project}/report")).location().starts_with("/sign-in"));
    assert!(!site.browser().get(&project).html.contains(&format!("{project}/report")));
    let form = ada.get(&ada.get(&project).attribute("a[href$='/report']", "href").expect("a way to report"));
    assert_eq!(ada.submit(&form, "main form", &[("reason", " ")]).status, 422);
    assert_eq!(ada.submit(&form, "main form", &[("reason", "It asks for a deposit.")]).location(), project);
    assert_eq!(ada.submit(&form, "main form", &[("reason", "Once more.")]).location(), project);
    let form = manager.get(&format!("{profile}/report"));
    assert_eq!(manager.submit(&form, "main form", &[("reason", "These are not their words.")]).location(), profile);
    // nobody reports what is their own, or what they may not know of
    assert_eq!(manager.get(&format!("{project}/report")).status, 403);
    assert_eq!(ada.post(&format!("{profile}/report"), &[("reason", "Me.")]).status, 403);
    let draft = given::draft(conn, &on.organisation);
    assert_eq!(ada.post(&format!("/projects/{draft}/report"), &[("reason", "Hidden.")]).status, 404);
    for missing in ["/reviews/999999/report", "/projects/999999/report", "/freelancers/999999/report"] {
        assert_eq!((ada.get(missing).status, ada.post(missing, &[("reason", "What?")]).status), (404, 404), "{missing}");
    }
    let browser = site.signed_in(&keeper.email);
    let page = browser.get("/admin/abuse");
    assert_eq!(
        page.texts("ul.list h2"),
        [format!("Profile of {}", on.freelancers[0].id.reference()), format!("Project {}", on.id.reference())]
    );
    assert!(page.says().contains("It asks for a deposit.") && !page.says().contains("Once more."), "{}", page.says());
    assert!(browser.get("/admin").says().contains("2 reports of abuse are to be settled"));
    let one = browser.get(&page.attribute("ul.list h2 a", "href").expect("a report"));
    let path = one.attribute("main form", "action").expect("a form");
    let other = site.signed_in(&second.email);
    let theirs = other.get(path.trim_end_matches("/settle"));
    assert_eq!(browser.submit(&one, "main form", &[("word", "")]).texts(".wrong").len(), 2);
    let settled = browser.submit(&one, "main form", &[("outcome", "ACTED_ON"), ("word", "The profile was put right.")]);
    assert!(browser.follow(settled).says().contains("Acted on by Priya Raman"));
    let late = other.submit(&theirs, "main form", &[("outcome", "DISMISSED"), ("word", "Leave it.")]);
    assert_eq!((late.status, late.text("h1")), (409, "Priya Raman settled this report first".to_owned()));
    assert!(late.says().contains("The profile was put right.") && late.says().contains("Leave it."), "{}", late.says());
    assert_eq!(browser.get("/admin/abuse").texts("ul.list h2").len(), 1);
    assert_eq!(browser.get("/admin/abuse?which=all").texts("ul.list h2").len(), 2);
    assert!(browser.get("/admin/abuse.csv?which=all").html.contains("The profile was put right."));
    for path in ["/admin/abuse", "/admin/abuse.csv", "/admin/abuse/1"] {
        assert_eq!(ada.get(path).status, 404, "{path}");
    }
    assert_eq!(ada.post(&path, &[("outcome", "DISMISSED"), ("word", "No.")]).status, 404);
    invariants::hold(&database);
}

#[test]
fn one_person_reports_one_thing_once_and_so_many_in_a_day() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let ada = on.freelancers[0].id;
    let done = race(&database, 16, |_, conn| reports(conn, ada, AbuseOf::Project, on.id.0));
    assert!(done.iter().all(Result::is_ok), "{done:?}");
    assert_eq!(abuse_reports::table.count().get_result(conn), Ok(1_i64));
    let more: Vec<_> = (0..MOST_A_DAY + 6).map(|_| given::published(conn, &on.organisation)).collect();
    let done = race(&database, more.len(), |place, conn| reports(conn, ada, AbuseOf::Project, more[place].0));
    assert_eq!(done.iter().filter(|one| one.is_ok()).count() + 1, usize::try_from(MOST_A_DAY).unwrap());
    for other in done.iter().filter(|one| one.is_err()) {
        assert!(matches!(other, Err(Failure::Refused(AbuseRefused::TooMany { again_at, at })) if again_at > at), "{other:?}");
    }
    // what was reported already is no new one
    reports(conn, ada, AbuseOf::Project, on.id.0).expect("nothing new");
    let site = TestSite::on(&database);
    let last = more.iter().zip(&done).find(|(_, done)| done.is_err()).map(|(id, _)| *id).expect("one too many");
    let refused = site.signed_in(&on.freelancers[0].email).post(&format!("/projects/{last}/report"), &[("reason", "This one too.")]);
    assert_eq!(refused.status, 429);
    assert!(!refused.header("retry-after").is_empty());
    invariants::hold(&database);
}

#[test]
fn of_many_admins_one_settles() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let keepers: Vec<_> = (0..8).map(|place| admin(conn, &format!("Keeper {place}")).id).collect();
    for round in 0..4 {
        let id = reported(conn, on.id.0);
        let done = race(&database, keepers.len(), |place, conn| settles(conn, keepers[place], id));
        assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 1, "round {round}: {done:?}");
        assert!(done.iter().all(|one| matches!(one, Ok(()) | Err(Failure::Refused(SettleRefused::Settled)))), "{done:?}");
        assert_eq!(abuse::find(conn, id).unwrap().unwrap().outcome, Some(Outcome::Dismissed));
    }
    assert!(matches!(settles(conn, keepers[0], AbuseId(999_999)), Err(Failure::Refused(SettleRefused::Missing))));
    assert!(matches!(settles(conn, on.organisation.owner.id, AbuseId(1)), Err(Failure::Refused(SettleRefused::Missing))));
    invariants::hold(&database);
}
