//! What is kept for a while only.
use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::db::sessions;
use guildhall::domain::user::{Device, SignIn};
use guildhall::domain::words::Email;
use guildhall::operations::house::clear_out;
use guildhall::operations::people::{Throttle, begin_sign_in};
use guildhall::schema::notices;

use crate::support::database::TestDatabase;
use crate::support::given;

#[test]
fn what_is_old_goes_and_what_is_new_stays() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let somebody = given::somebody(conn, "Ada Byron");
    let sign_in = SignIn::by_password(somebody.id, 1);
    sessions::write_signed_in(conn, "old key", sign_in, &Device::default(), TimeDelta::days(30)).unwrap();
    let email = Email::parse(&somebody.email).unwrap();
    begin_sign_in(&mut given::patient(conn), &email, "192.0.2.7", Throttle::default()).unwrap();
    assert_eq!(clear_out(conn).unwrap(), 0);
    conn.batch_execute("UPDATE sessions SET expires_at = now(); UPDATE sign_in_attempts SET at = now() - interval '25 hours'").unwrap();
    sessions::write_signed_in(conn, "new key", sign_in, &Device::default(), TimeDelta::days(30)).unwrap();
    assert_eq!(clear_out(conn).unwrap(), 2);
    assert!(sessions::holder(conn, "new key").unwrap().is_some());
}

#[test]
fn notices_go_long_after_they_were_read_and_never_before() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let project = given::open_project(conn, 3);
    let manager = project.organisation.manager.id;
    let count = |conn: &mut PgConnection| notices::table.filter(notices::user_id.eq(manager.0)).count().get_result::<i64>(conn).unwrap();
    assert_eq!(count(conn), 3);
    let read = "UPDATE notices SET seen_at = now() - CASE WHEN proposal_id = :old THEN interval '91 days' ELSE interval '89 days' END \
        WHERE proposal_id <> :new";
    let read = read.replace(":old", &project.proposals[0].to_string()).replace(":new", &project.proposals[1].to_string());
    conn.batch_execute(&read).unwrap();
    assert_eq!(clear_out(conn).unwrap(), 2, "the owner's and the manager's of the first proposal");
    assert_eq!(count(conn), 2);
    assert_eq!(clear_out(conn).unwrap(), 0);
}
