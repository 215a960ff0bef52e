//! Whoever keeps the house is not above sealed bids: their rooms tell no more of them than everybody is told.
use guildhall::operations::projects::open_bids;

use super::ground::{Ground, send, telling};
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::site::TestSite;
use crate::tickets::admin;

#[test]
fn the_rooms_of_the_house_name_no_bid_no_bidder_and_no_number() {
    let ground = Ground::new();
    send(&mut ground.database.connect(), &ground.project);
    let mut rooms =
        vec![format!("/admin/projects/{}", ground.project.id), format!("/admin/organisations/{}", ground.project.organisation.id)];
    for list in ["/admin/projects", "/admin/organisations"] {
        rooms.extend(["", ".csv", ".json"].map(|format| format!("{list}{format}")));
    }
    let bidders: Vec<_> = ground.project.freelancers.iter().map(|bidder| bidder.name.clone()).collect();
    let bids: Vec<_> = ground.project.proposals.iter().map(|id| id.reference()).collect();
    for room in rooms {
        let page = ground.browser("admin").get(&room);
        assert_eq!(page.status, 200, "{room}");
        let said = page.html.to_lowercase();
        let told: Vec<_> = telling().into_iter().filter(|words| said.contains(&words.to_lowercase())).collect();
        assert!(told.is_empty(), "{room}: {told:?}");
        let named: Vec<_> = bidders.iter().chain(&bids).filter(|name| page.html.contains(name.as_str())).collect();
        assert!(named.is_empty(), "{room} names {named:?}");
        assert!(!page.html.contains("2 sealed") && !page.html.contains("2 proposals"), "{room} counts them");
    }
}

#[test]
fn the_history_of_everything_leaves_out_who_bids_before_the_opening_and_who_asks_for_ever() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let on = given::sealed_project(conn, 2);
    given::enquiry(conn, &on, &on.freelancers[0], "When?", Some("In May."));
    let keeper = admin(conn, "Grace Murray");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&keeper.email);
    let (project, bidder) = (on.id.reference(), on.freelancers[0].id.reference());
    let filters = [
        String::new(),
        "?kind=PROPOSAL_SUBMITTED".to_owned(),
        format!("?who={bidder}"),
        format!("?whom={bidder}"),
        format!("?about={project}"),
        format!("?who={bidder}&about={project}"),
        format!("?who={bidder}&kind=ENQUIRY_MADE"),
        "?kind=ENQUIRY_MADE".to_owned(),
    ];
    let asked = format!("{} asked", on.freelancers[0].name);
    // what each filter finds: kinds with who is said to have done it
    let found = |filter: &str| {
        let page = browser.get(&format!("/admin/history{filter}"));
        let rows = page.texts("ol.timeline li");
        for format in ["csv", "json"] {
            let file = browser.get(&format!("/admin/history.{format}{filter}")).html;
            let bids = file.contains("PROPOSAL_SUBMITTED");
            assert_eq!(bids, rows.iter().any(|row| row.contains("Proposal submitted")), "{format}{filter}");
            for line in file.lines().filter(|line| line.contains("ENQUIRY_MADE") && format == "csv") {
                assert!(!line.contains(&bidder) && !line.contains(&on.freelancers[0].name), "{line}");
            }
        }
        rows
    };
    for filter in &filters {
        let rows = found(filter);
        assert!(!rows.iter().any(|row| row.contains("Proposal ")), "{filter}: {rows:?}");
        for row in rows.iter().filter(|row| row.contains("Enquiry made")) {
            assert!(row.contains("A freelancer") && !filter.contains("who="), "{filter}: {row}");
        }
    }
    assert_eq!(found("?kind=ENQUIRY_MADE").len(), 1, "that somebody asked is there, {asked} is not");
    given::close(conn, on.id);
    open_bids(&mut given::patient(conn), on.organisation.owner.id, on.id, None).expect("an opening");
    assert_eq!(found("?kind=PROPOSAL_SUBMITTED").len(), 2);
    assert!(!found(&format!("?who={bidder}&about={project}")).is_empty());
    assert!(found(&format!("?who={bidder}&kind=ENQUIRY_MADE")).is_empty(), "who asks is told to nobody, ever");
}
