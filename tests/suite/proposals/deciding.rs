//! Comparing proposals, declining them; and who may see what.
use super::site_with_open_project;
use crate::support::given;

#[test]
fn proposals_stand_side_by_side_with_the_best_marked_in_words() {
    let (site, _database, project) = site_with_open_project(3);
    let browser = site.signed_in(&project.organisation.manager.email);
    let page = browser.get(&format!("/projects/{}/proposals", project.id));
    assert_eq!(page.text("h1"), "Compare 3 proposals");
    assert_eq!(page.texts("thead b"), ["Ada Byron", "Ivo Tanaka", "Mira Lindqvist"]);
    assert_eq!(page.texts(".best"), ["✓ Lowest price".trim_start_matches("✓ ")]);
    assert!(page.says().contains("€300.00 a day"));
    assert_eq!(page.each("a[href$='/accept']", |link| link.attr("href").map(str::to_owned)).len(), 3);
    let first = browser.get(&format!("/projects/{}/proposals?sort=sent", project.id));
    assert_eq!(first.text(".sorter[aria-current]"), "Sent, in this order");
}

#[test]
fn a_project_without_proposals_says_so() {
    let (site, _database, project) = site_with_open_project(0);
    let page = site.signed_in(&project.organisation.viewer.email).get(&format!("/projects/{}/proposals", project.id));
    assert!(page.text(".empty h2") == "No proposals yet", "{}", page.says());
}

#[test]
fn a_decline_is_hidden_from_the_freelancer_until_the_project_is_decided() {
    let (site, _database, project) = site_with_open_project(2);
    let manager = site.signed_in(&project.organisation.manager.email);
    let author = site.signed_in(&project.freelancers[0].email);
    let address = format!("/proposals/{}", project.proposals[0]);

    let page = manager.get(&address);
    let empty = manager.submit(&page, "#decline form", &[("reason", "  ")]);
    assert_eq!(empty.status, 422);
    assert!(empty.has("[data-error-summary] a[href='#reason']"));
    let declined = manager.follow(manager.submit(&page, "#decline form", &[("reason", "Too dear for us."), ("shared", "yes")]));
    assert!(declined.says().contains("Declined by Tomas Weber: Too dear for us."), "{}", declined.says());

    let seen = author.get(&address);
    assert_eq!(seen.text("aside .note h2"), "Pending");
    assert!(!seen.html.contains("Too dear") && !seen.html.to_lowercase().contains("declin"), "{}", seen.says());

    let undone = manager.follow(manager.submit(&declined, "form[action$='/undecline']", &[]));
    assert!(undone.text(".flash").contains("pending again"));
    manager.submit(&manager.get(&address), "#decline form", &[("reason", "Too dear for us."), ("shared", "yes")]).location();
    let asks = manager.get(&format!("/proposals/{}/accept", project.proposals[1]));
    manager.submit(&asks, "main form", &[]).location();
    let seen = author.get(&address);
    assert!(
        seen.texts("aside .note h2").contains(&"Not selected".to_owned()) && seen.says().contains("Too dear for us."),
        "{}",
        seen.says()
    );
    assert!(!seen.says().contains("Ivo Tanaka"), "the winner is not named to the others");
}

#[test]
fn the_reason_of_a_decline_is_told_only_where_that_was_wished() {
    let (site, _database, project) = site_with_open_project(2);
    let manager = site.signed_in(&project.organisation.manager.email);
    let author = site.signed_in(&project.freelancers[0].email);
    let address = format!("/proposals/{}", project.proposals[0]);
    manager.submit(&manager.get(&address), "#decline form", &[("reason", "Too dear for us.")]).location();
    assert!(manager.get(&address).says().contains("is not told the reason"));
    let asks = manager.get(&format!("/proposals/{}/accept", project.proposals[1]));
    manager.submit(&asks, "main form", &[]).location();
    for path in [address, "/dashboard".to_owned(), "/notices".to_owned(), format!("/projects/{}", project.id)] {
        let seen = author.get(&path);
        assert!(!seen.html.contains("Too dear") && !seen.html.to_lowercase().contains("declin"), "{path}: {}", seen.says());
    }
}

#[test]
fn strangers_find_nothing_and_viewers_may_only_read() {
    let (site, database, project) = site_with_open_project(2);
    let stranger = given::freelancer(&mut database.connect(), "Vera Holm");
    let other = site.signed_in(&project.freelancers[1].email);
    let (stranger, viewer) = (site.signed_in(&stranger.email), site.signed_in(&project.organisation.viewer.email));
    let address = format!("/proposals/{}", project.proposals[0]);
    let fields = [("version", "1"), ("reason", "No.")];
    for browser in [&stranger, &other] {
        for path in ["", "/accept", "/withdraw"] {
            assert_eq!(browser.get(&format!("{address}{path}")).status, 404, "{path}");
        }
        for path in ["/accept", "/withdraw", "/decline", "/undecline"] {
            assert_eq!(browser.post(&format!("{address}{path}"), &fields).status, 404, "{path}");
        }
    }
    assert_eq!(viewer.get(&address).status, 200);
    let compare = viewer.get(&format!("/projects/{}/proposals", project.id));
    assert!(compare.status == 200 && !compare.has("a[href$='/accept']"));
    assert_eq!(viewer.get(&format!("{address}/accept")).status, 403);
    for path in ["/accept", "/decline", "/undecline"] {
        assert_eq!(viewer.post(&format!("{address}{path}"), &fields).status, 403, "{path}");
    }
    assert_eq!(viewer.post(&format!("{address}/withdraw"), &fields).status, 404);
    assert_eq!(stranger.follow(stranger.get(&format!("/projects/{}/proposals", project.id))).text("h1"), "Send a proposal");
    assert_eq!(site.browser().get(&address).location().split('?').next(), Some("/sign-in"));
}
