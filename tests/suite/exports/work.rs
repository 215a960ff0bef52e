//! A contract's milestones and time, and what lets programs in, as files: for whom they are, whole, and in order.
use guildhall::domain::token::Scope;

use super::lists::{both, column, csv};
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::site::TestSite;
use crate::time::Ground;
use crate::webhooks;

#[test]
fn milestones_and_time_are_files_for_both_sides_of_a_contract() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = Ground::new(&database);
    let later = ground.records(conn, ground.span(11, 12)).expect("a session");
    let sooner = ground.records(conn, ground.span(8, 10)).expect("a session");
    let contract = ground.contract;
    let site = TestSite::on(&database);
    for reader in [&ground.freelancer, &ground.organisation.owner, &ground.organisation.viewer] {
        let reader = site.signed_in(&reader.email);
        for (page, list) in [(format!("/contracts/{contract}"), "milestones"), (format!("/contracts/{contract}/time"), "time")] {
            let page = reader.get(&page);
            for format in ["csv", "json"] {
                assert!(page.has(&format!("a[href='/contracts/{contract}/{list}.{format}']")), "{list}.{format} on {}", page.path);
            }
        }
        let milestones = reader.get(&format!("/contracts/{contract}")).texts("section[aria-labelledby=milestones] tbody tr");
        assert_eq!(both(&reader, &format!("/contracts/{contract}/milestones"), "").len(), milestones.len());
        let worked = both(&reader, &format!("/contracts/{contract}/time"), "");
        assert_eq!(column(&worked, "session"), [sooner.to_string(), later.to_string()], "by their beginning");
        assert_eq!(column(&worked, "minutes"), ["120", "60"]);
    }
    let stranger = site.signed_in(&given::freelancer(conn, "Mira Lindqvist").email);
    for list in ["milestones", "time"] {
        assert_eq!(stranger.get(&format!("/contracts/{contract}/{list}.csv")).status, 404, "{list}");
        assert_eq!(site.browser().get(&format!("/contracts/{contract}/{list}.csv")).status, 303, "{list}");
    }
}

#[test]
fn tokens_and_webhooks_are_files_without_their_secrets() {
    let (database, project) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let organisation = &project.organisation;
    let secret = given::token(conn, &organisation.owner, &[Scope::Read], None);
    let hook = webhooks::made(conn, organisation, "https://work.example.org/hooks");
    let site = TestSite::on(&database);
    let owner = site.signed_in(&organisation.owner.email);
    let lists =
        [("/account/tokens".to_owned(), 1), (format!("/organisations/{}/webhooks", organisation.id), 1), (format!("/webhooks/{hook}"), 0)];
    for (list, rows) in &lists {
        assert_eq!(both(&owner, list, "").len(), *rows, "{list}");
        let text = owner.get(&format!("{list}.csv")).html;
        assert!(!text.contains(&secret) && !text.contains(webhooks::SECRET), "{list}: {text}");
        if *rows > 0 {
            assert!(owner.get(list).has(&format!("a[href='{list}.csv']")), "{list}");
        }
    }
    assert_eq!(csv(&owner.get("/account/tokens.csv"))[1][1], "A test\u{2019}s");
    let (viewer, stranger) = (site.signed_in(&organisation.viewer.email), site.signed_in(&project.freelancers[0].email));
    for (list, _) in &lists[1..] {
        assert_eq!((viewer.get(&format!("{list}.csv")).status, stranger.get(&format!("{list}.csv")).status), (403, 404), "{list}");
    }
}
