//! Links to join by.
use std::sync::Barrier;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::membership::Role;
use guildhall::domain::organisation::{InvitationToken, JoinRefused};
use guildhall::domain::words::InvitationNote;
use guildhall::operations::organisations::{Invite, RoleChange, change_role, invite_member, join_organisation};
use guildhall::schema::{invitations, memberships};

use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::given::{self, Organisation};
use crate::support::invariants;
use crate::support::site::TestSite;

fn link(conn: &mut PgConnection, organisation: &Organisation, role: Role) -> InvitationToken {
    let token = InvitationToken::new(rand::random());
    let invite = Invite { organisation: organisation.id, role, note: InvitationNote::parse("for Ada").unwrap(), token: token.clone() };
    invite_member(&mut given::patient(conn), organisation.owner.id, &invite, None).unwrap();
    token
}

/// Makes a link on the organisation's page; its address, path only.
fn link_by_page(owner: &Browser, organisation: &Organisation) -> String {
    let form = owner.get(&format!("/organisations/{}", organisation.id));
    let page = owner.follow(owner.submit(&form, "form[action$='/invitations']", &[("role", "FINANCE"), ("note", "Ada in accounts")]));
    let said = page.text(".flash");
    let link = said.split_whitespace().find(|word| word.contains("/join/")).expect("a link").to_owned();
    link.split_once("/join/").map(|(_, token)| format!("/join/{token}")).unwrap()
}

#[test]
fn of_many_who_open_one_link_one_joins() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let organisation = given::organisation(conn);
    let token = link(conn, &organisation, Role::Manager);
    let people: Vec<_> = (0..8).map(|_| given::somebody(conn, "Ada Byron").id).collect();
    let start = Barrier::new(people.len());
    let answers: Vec<_> = std::thread::scope(|scope| {
        let racers: Vec<_> = people
            .iter()
            .map(|who| {
                scope.spawn(|| {
                    let mut conn = database.connect();
                    start.wait();
                    join_organisation(&mut given::patient(&mut conn), *who, &token)
                })
            })
            .collect();
        racers.into_iter().map(|racer| racer.join().unwrap()).collect()
    });
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    assert!(answers.iter().all(|answer| matches!(answer, Ok(_) | Err(Failure::Refused(JoinRefused::Used)))), "{answers:?}");
    assert_eq!(memberships::table.count().get_result(conn), Ok(5));
    invariants::hold(&database);
}

#[test]
fn a_link_that_is_too_old_or_whose_maker_is_no_owner_any_more_leads_nowhere() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let organisation = given::organisation(conn);
    let somebody = given::somebody(conn, "Ada Byron").id;
    let old = link(conn, &organisation, Role::Viewer);
    conn.batch_execute("UPDATE invitations SET expires_at = now()").unwrap();
    let refused = join_organisation(&mut given::patient(conn), somebody, &old);
    assert!(matches!(refused, Err(Failure::Refused(JoinRefused::Expired(_)))), "{refused:?}");
    let second = given::member(conn, organisation.id, "Rosa Ferreira", Role::Owner);
    let theirs = link(conn, &organisation, Role::Owner);
    let change = RoleChange { organisation: organisation.id, member: organisation.owner.id, seen: None, to: Role::Manager };
    change_role(&mut given::patient(conn), second.id, change).unwrap();
    let refused = join_organisation(&mut given::patient(conn), somebody, &theirs);
    assert!(matches!(refused, Err(Failure::Refused(JoinRefused::Revoked))), "{refused:?}");
    invariants::hold(&database);
}

#[test]
fn a_colleague_comes_by_a_link_signs_up_and_joins() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let owner = site.signed_in(&organisation.owner.email);
    let link = link_by_page(&owner, &organisation);
    let colleague = site.browser();
    let page = colleague.get(&link);
    assert_eq!(page.text("h1"), "Join Harbour Foods");
    assert!(page.says().contains("Finance"));
    let sign_up = colleague.get(&page.attribute("main a[href^='/sign-up']", "href").unwrap());
    let typed = [("name", "Ada Byron"), ("email", "ada@example.org"), ("password", "correct horse")];
    let page = colleague.follow(colleague.submit(&sign_up, "main form", &typed));
    let page = colleague.follow(colleague.submit(&page, "main form", &[]));
    assert_eq!((page.status, page.text("h1").as_str()), (200, "Harbour Foods"));
    assert!(page.texts("main li h3").contains(&"Ada Byron".to_owned()));
    assert!(!page.has("form[action$='/invitations']"), "no owner, no links");
    // the link is used up, but leads a member home
    assert_eq!(colleague.get(&link).location(), format!("/organisations/{}", organisation.id));
    let late = site.browser().get(&link);
    assert_eq!(late.status, 409);
    assert!(late.says().contains("joined by this link already"));
    invariants::hold(&database);
}

#[test]
fn the_same_click_shows_the_same_link_and_a_link_is_taken_back() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let owner = site.signed_in(&organisation.owner.email);
    let home = format!("/organisations/{}", organisation.id);
    let form = owner.get(&home);
    let said = |_: usize| {
        let page = owner.follow(owner.submit(&form, "form[action$='/invitations']", &[("role", "OWNER"), ("note", "Rosa")]));
        page.text(".flash")
    };
    assert_eq!(said(1), said(2));
    assert_eq!(invitations::table.count().get_result(&mut database.connect()), Ok(1));
    let link = link_by_page(&owner, &organisation);
    let page = owner.get(&home);
    assert_eq!(page.each("form[action$='/revoke']", |_| ()).len(), 2);
    let newest = page.attribute("form[action$='/revoke']", "action").unwrap();
    owner.post(&newest, &[]).location();
    owner.post(&newest, &[]).location();
    let page = site.browser().get(&link);
    assert_eq!((page.status, page.says().contains("took this link back")), (409, true));
    assert_eq!(site.signed_in(&organisation.manager.email).post(&newest, &[]).status, 403);
    invariants::hold(&database);
}

#[test]
fn nobody_but_an_owner_makes_links() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let stranger = given::somebody(&mut database.connect(), "Sami Haddad");
    let site = TestSite::on(&database);
    let address = format!("/organisations/{}/invitations", organisation.id);
    let fields = [("role", "OWNER"), ("note", "me")];
    for (person, status) in [(&organisation.manager, 403), (&organisation.viewer, 403), (&stranger, 404)] {
        assert_eq!(site.signed_in(&person.email).post(&address, &fields).status, status, "{}", person.name);
    }
    let page = site.signed_in(&organisation.owner.email).post(&address, &[("role", "KING"), ("note", "me")]);
    assert_eq!((page.status, page.attribute("main input[name=note]", "value").as_deref()), (422, Some("me")));
    assert_eq!(site.browser().get("/join/nothing").status, 404);
}
