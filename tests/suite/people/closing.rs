//! Closing an account: what it said of the person goes, what others rely on stays, whatever comes between.
use diesel::prelude::*;
use diesel::sql_types::Text;
use guildhall::db::{Failure, Fault};
use guildhall::domain::ids::UserId;
use guildhall::domain::message::About;
use guildhall::domain::project::AwardRefused;
use guildhall::domain::proposal::ProposalStatus;
use guildhall::domain::user::CloseRefused;
use guildhall::operations::people::close_account;
use guildhall::operations::proposals::{Submission, accept_proposal, submit_proposal};
use guildhall::schema::{contracts, proposals, users};

use crate::award::kill_points::{kill_everywhere_after, outcome};
use crate::support::given::{self, FIRST_SEEN, OpenProject, patient};
use crate::support::invariants;
use crate::support::race::race;
use crate::support::site::TestSite;

fn hash(conn: &mut PgConnection, id: UserId) -> QueryResult<String> {
    users::table.find(id.0).select(users::password_hash).first(conn)
}

/// Closes an account as its person would.
pub fn close(conn: &mut PgConnection, id: UserId) -> Result<(), Failure<CloseRefused>> {
    let proved = hash(conn, id).expect("the account");
    close_account(&mut patient(conn), id, &proved)
}

/// Every byte of every table, as text.
fn everything(conn: &mut PgConnection) -> String {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        text: String,
    }
    let tables =
        "SELECT table_name::text AS text FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'";
    let tables: Vec<Row> = diesel::sql_query(tables).load(conn).expect("tables");
    let all = tables.iter().map(|table| {
        let rows: Row = diesel::sql_query(format!("SELECT coalesce(string_agg(t::text, '|'), '') AS text FROM {} t", table.text))
            .get_result(conn)
            .expect("rows");
        rows.text
    });
    all.collect()
}

#[test]
fn names_and_letters_go_and_contracts_and_chains_stay() {
    let (database, on) = given::database_with_open_project(2);
    let mut conn = database.connect();
    let won = given::open_project_with(&mut conn, on.organisation.clone(), on.freelancers.clone());
    let ada = &on.freelancers[0];
    accept_proposal(&mut patient(&mut conn), on.organisation.owner.id, won.proposals[0], FIRST_SEEN).expect("an award");
    given::thread(&mut conn, &on, 0, &["When?", "In my secret summer house."]);
    let site = TestSite::on(&database);
    let browser = site.signed_in(&ada.email);
    let form = browser.get("/account/profile");
    browser.submit(&form, "main form.wide", &[("headline", "Warehouses of Babylon")]);
    browser.post("/drafts?form=PROPOSAL", &[("cover_letter", "half a letter")]);
    let form = browser.get("/account/close");
    let wrong = browser.submit(&form, "form[action='/account/close']", &[("password", "not this one")]);
    assert_eq!((wrong.status, wrong.texts(".wrong").len()), (422, 1));
    assert_eq!(browser.submit(&form, "form[action='/account/close']", &[("password", given::PASSWORD)]).location(), "/");
    assert_eq!(browser.get("/account").status, 303, "signed out");
    // nobody finds a trace of what it said
    let all = everything(&mut conn);
    for words in [ada.email.as_str(), "secret summer house", "Babylon", "half a letter"] {
        assert!(!all.contains(words), "{words} is still there");
    }
    let letters: Vec<String> =
        proposals::table.filter(proposals::freelancer_id.eq(ada.id.0)).select(proposals::cover_letter).load(&mut conn).unwrap();
    assert!(letters.len() == 2 && letters.iter().all(String::is_empty));
    // what others rely on is
    let status = |id: i64| proposals::table.find(id).select(proposals::status).first::<ProposalStatus>(&mut database.connect()).unwrap();
    assert_eq!((status(on.proposals[0].0), status(won.proposals[0].0)), (ProposalStatus::Withdrawn, ProposalStatus::Accepted));
    let amount: i64 = contracts::table.select(contracts::amount).first(&mut conn).unwrap();
    assert_eq!(amount, 600_000);
    let owner = site.signed_in(&on.organisation.owner.email);
    for page in [
        format!("/projects/{}/history", won.id),
        format!("/projects/{}/proposals", won.id),
        format!("/proposals/{}", won.proposals[0]),
        "/messages".to_owned(),
        format!("/proposals/{}/messages", on.proposals[0]),
        format!("/freelancers/{}", ada.id),
    ] {
        let page = owner.get(&page);
        assert_eq!(page.status, 200, "{}", page.path);
        assert!(!page.html.contains(&ada.email), "{}", page.path);
    }
    assert!(owner.get(&format!("/projects/{}/history", won.id)).says().contains("Somebody who left"));
    // the address is free
    let again = site.browser();
    let fields = [("as", "freelancer"), ("name", "Ada Byron"), ("email", ada.email.as_str()), ("password", "battery staple")];
    assert_eq!(again.post("/sign-up", &fields).location(), "/dashboard");
    let verified =
        std::process::Command::new(env!("CARGO_BIN_EXE_guildhall")).arg("verify").env("DATABASE_URL", database.url()).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
    invariants::hold(&database);
}

#[test]
fn the_last_owner_hands_over_first() {
    let (database, on) = given::database_with_open_project(1);
    let owner = &on.organisation.owner;
    let site = TestSite::on(&database);
    let browser = site.signed_in(&owner.email);
    let form = browser.get("/account/close");
    let refused = browser.submit(&form, "form[action='/account/close']", &[("password", given::PASSWORD)]);
    assert_eq!(refused.status, 409);
    assert!(refused.text("[data-conflict]").contains("last owner of Harbour Foods"), "{}", refused.says());
    let role = format!("/organisations/{}/members/{}/role", on.organisation.id, on.organisation.manager.id);
    browser.post(&role, &[("role", "OWNER"), ("seen", "MANAGER")]).location();
    assert_eq!(browser.submit(&form, "form[action='/account/close']", &[("password", given::PASSWORD)]).location(), "/");
    // what the house knows of the project goes on under the other owner
    assert_eq!(site.signed_in(&on.organisation.manager.email).get(&format!("/projects/{}/proposals", on.id)).status, 200);
    invariants::hold(&database);
}

#[test]
fn closing_beside_an_award_is_before_it_or_after_it() {
    let (mut before, mut after) = (0, 0);
    for _ in 0..20 {
        let (database, on) = given::database_with_open_project(2);
        let (ada, manager) = (on.freelancers[0].id, on.organisation.manager.id);
        let done = race(&database, 2, |place, conn| match place {
            0 => close(conn, ada).is_ok(),
            _ => match accept_proposal(&mut patient(conn), manager, on.proposals[0], FIRST_SEEN) {
                Ok(_) => true,
                Err(Failure::Refused(AwardRefused::ProposalIs(ProposalStatus::Withdrawn))) => false,
                Err(other) => panic!("{other:?}"),
            },
        });
        assert!(done[0], "the account is closed either way");
        let status: ProposalStatus =
            proposals::table.find(on.proposals[0].0).select(proposals::status).first(&mut database.connect()).unwrap();
        assert_eq!(status, if done[1] { ProposalStatus::Accepted } else { ProposalStatus::Withdrawn });
        if done[1] {
            after += 1;
        } else {
            before += 1;
        }
        invariants::hold(&database);
    }
    println!("closed before the award {before} times, after it {after} times");
}

#[test]
fn whoever_sends_a_proposal_while_closing_leaves_none_behind() {
    for _ in 0..12 {
        let (database, on) = given::database_with_open_project(1);
        let ada = on.freelancers[0].id;
        let other = given::published(&mut database.connect(), &on.organisation);
        let submit = |conn: &mut PgConnection| {
            let submission =
                Submission { project: other, content: given::proposal_words(700_000), version: None, scope_version: None, files: None };
            submit_proposal(&mut patient(conn), ada, &submission).map(drop).map_err(|failure| format!("{failure:?}"))
        };
        race(&database, 2, |place, conn| match place {
            0 => loop {
                // as the bridge does, which tries again
                match close(conn, ada) {
                    Err(Failure::Broken(Fault::Conflict(_))) => {}
                    done => break done.expect("a closed account"),
                }
            },
            _ => drop(submit(conn)),
        });
        assert!(submit(&mut database.connect()).is_err());
        invariants::hold(&database);
    }
}

#[test]
fn a_killed_closing_leaves_nothing_behind() {
    fn leaver(on: &OpenProject) -> String {
        format!("leaver.{}@example.org", on.id)
    }
    let ready = |conn: &mut PgConnection, on: &OpenProject| {
        let leaver_ = given::freelancer(conn, "Rosa Ferreira");
        diesel::update(users::table.find(leaver_.id.0)).set(users::email.eq(leaver(on))).execute(conn).expect("an address");
        given::proposal(conn, on.id, &leaver_, 640_000);
        given::message(conn, &on.organisation.owner, About::Proposal(on.proposals[0]), "When?");
    };
    kill_everywhere_after(ready, "close_account", |conn, on| {
        let id = users::table.filter(users::email.eq(leaver(on))).select(users::id).first::<i64>(conn).map(UserId)?;
        let proved = hash(conn, id)?;
        outcome(close_account(&mut patient(conn), id, &proved))
    });
}
