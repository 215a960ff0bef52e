//! Telling the house about a message, and who reads it.
use diesel::prelude::*;
use guildhall::schema::{events, message_reports, messages, users};

use crate::support::race::race;
use crate::support::site::TestSite;
use crate::support::{given, invariants};

fn ids(conn: &mut PgConnection) -> Vec<i64> {
    messages::table.select(messages::id).order(messages::id).load(conn).unwrap()
}

#[test]
fn a_report_is_kept_once_and_read_by_admins_alone() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    given::thread(conn, &on, 0, &["Send *money* first.", "No."]);
    let site = TestSite::on(&database);
    let ada = site.signed_in(&on.freelancers[0].email);
    let thread = ada.get(&format!("/proposals/{}/messages", on.proposals[0]));
    assert_eq!(thread.texts(".thread a").len(), 1, "one's own message cannot be reported");
    let form = ada.get(&thread.attribute(".thread a", "href").unwrap());
    assert_eq!(form.text("main blockquote"), "Send money first.");
    let empty = ada.submit(&form, "main form", &[]);
    assert_eq!((empty.status, empty.text("#reason-error")), (422, "Error: Enter a reason".to_owned()));
    for _ in 0..2 {
        let sent = ada.submit(&form, "main form", &[("reason", "Asks for money.")]);
        assert!(ada.follow(sent).text(".thread").contains("You reported this message."));
    }
    let own = format!("/messages/{}/report", ids(conn)[1]);
    assert_eq!((ada.get(&own).status, ada.post(&own, &[("reason", "x")]).status), (403, 403));
    assert_eq!(message_reports::table.count().get_result(conn), Ok(1_i64));
    let told = events::table.filter(events::kind.eq("MESSAGE_REPORTED")).count();
    assert_eq!(told.get_result(conn), Ok(1_i64));
    let owner = site.signed_in(&on.organisation.owner.email);
    assert_eq!((owner.get("/admin/reports").status, ada.get("/admin/reports").status), (404, 404));
    assert!(!owner.get(&format!("/proposals/{}/messages", on.proposals[0])).says().contains("reported"));
    let admin = given::somebody(conn, "Greta Holm");
    diesel::update(users::table.find(admin.id.0)).set(users::is_admin.eq(true)).execute(conn).unwrap();
    let page = site.signed_in(&admin.email).get("/admin/reports");
    for words in ["Reported by Ada Byron", "Asks for money.", "Send money first.", "Nadia Osei"] {
        assert!(page.says().contains(words), "{words}: {}", page.says());
    }
    invariants::hold(&database);
}

#[test]
fn sixteen_clicks_report_once() {
    let (database, on) = given::database_with_open_project(1);
    given::thread(&mut database.connect(), &on, 0, &["Send money first."]);
    let id = guildhall::domain::ids::MessageId(ids(&mut database.connect())[0]);
    let reason = guildhall::domain::words::Reason::parse("Asks for money.").unwrap();
    race(&database, 16, |_, conn| {
        let by = on.freelancers[0].id;
        guildhall::operations::messages::report_message(&mut given::patient(conn), by, id, &reason).expect("a report");
    });
    assert_eq!(message_reports::table.count().get_result(&mut database.connect()), Ok(1_i64));
    invariants::hold(&database);
}
