//! Sign-ins that hold, and how they end.
use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use guildhall::db::{sessions, users};
use guildhall::domain::membership::Role;
use guildhall::domain::user::{Device, SignIn};
use guildhall::operations::organisations::{RoleChange, change_role};
use guildhall::operations::people::{change_password, sign_out_everywhere};

use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::site::TestSite;

#[test]
fn a_role_that_was_taken_away_is_gone_with_the_next_page() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let organisation = given::organisation(conn);
    let manager = SignIn::by_password(organisation.manager.id, 1);
    sessions::write_signed_in(conn, "a key", manager, &Device::default(), TimeDelta::days(30)).unwrap();
    assert_eq!(sessions::holder(conn, "a key").unwrap().unwrap().person.role_in(organisation.id), Some(Role::Manager));
    let change = RoleChange { organisation: organisation.id, member: manager.user, seen: None, to: Role::Viewer };
    change_role(&mut given::patient(conn), organisation.owner.id, change).unwrap();
    assert_eq!(sessions::holder(conn, "a key").unwrap().unwrap().person.role_in(organisation.id), Some(Role::Viewer));
}

#[test]
fn a_sign_in_runs_out() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let somebody = SignIn::by_password(given::somebody(conn, "Ada Byron").id, 1);
    sessions::write_signed_in(conn, "a key", somebody, &Device::default(), TimeDelta::days(30)).unwrap();
    assert!(sessions::holder(conn, "a key").unwrap().is_some());
    assert!(sessions::holder(conn, "another key").unwrap().is_none());
    conn.batch_execute("UPDATE sessions SET expires_at = now()").unwrap();
    assert!(sessions::holder(conn, "a key").unwrap().is_none());
}

#[test]
fn ending_all_sign_ins_ends_one_that_is_just_being_made() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let somebody = given::somebody(conn, "Ada Byron");
    let proved = users::find(conn, somebody.id).unwrap().unwrap();
    let old = SignIn::by_password(somebody.id, proved.session_epoch);
    let new = change_password(&mut given::patient(conn), somebody.id, &proved.password_hash, "another hash").unwrap();
    sessions::write_signed_in(conn, "old key", old, &Device::default(), TimeDelta::days(30)).unwrap();
    sessions::write_signed_in(conn, "new key", new, &Device::default(), TimeDelta::days(30)).unwrap();
    assert!(sessions::holder(conn, "old key").unwrap().is_none());
    assert!(sessions::holder(conn, "new key").unwrap().is_some());
    sign_out_everywhere(&mut given::patient(conn), somebody.id).unwrap();
    assert!(sessions::holder(conn, "new key").unwrap().is_none());
}

#[test]
fn signing_out_ends_this_browsers_sign_in_only() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let site = TestSite::on(&database);
    let (here, there) = (site.signed_in(&somebody.email), site.signed_in(&somebody.email));
    assert_eq!(here.submit(&here.get("/account"), "form[action='/sign-out']", &[]).location(), "/");
    assert_eq!(here.get("/account").location(), "/sign-in?next=%2Faccount");
    assert_eq!(there.get("/account").status, 200);
    let said = there.follow(there.submit(&there.get("/account"), "form[action='/account/sign-out-everywhere']", &[]));
    assert!(said.text(".flash").contains("signed out everywhere"));
    assert_eq!(there.get("/account").status, 303);
}
