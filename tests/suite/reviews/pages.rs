//! Who reads what, and when.
use super::ended;
use crate::support::given;
use crate::support::site::TestSite;

/// Stands in one review alone.
const WORD: &str = "quorzle";

#[test]
fn nobody_reads_a_review_before_both_are_in() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let id = ended(conn, &on);
    let admin = given::somebody(conn, "Grace Murray");
    given::past_triggers(conn, &format!("UPDATE users SET is_admin = true WHERE id = {}", admin.id));
    let site = TestSite::on(&database);
    let address = format!("/contracts/{id}/reviews");
    let (owner, ada) = (site.signed_in(&on.organisation.owner.email), site.signed_in(&on.freelancers[0].email));
    let form = owner.get(&address);
    let empty = owner.submit(&form, "main form", &[("words", "")]);
    assert_eq!((empty.status, empty.has("#rating-error"), empty.has("#words-error")), (422, true, true));
    let sent = owner.submit(&form, "main form", &[("rating", "3"), ("words", &format!("Fair {WORD} work."))]);
    assert_eq!(sent.location(), address);
    assert_eq!(owner.get(&address).text("main textarea"), format!("Fair {WORD} work."), "one's own can be changed");
    let again = owner.submit(&owner.get(&address), "main form", &[("rating", "3"), ("words", &format!("Fair {WORD} work, all in all."))]);
    assert_eq!(again.status, 303);
    let stale = owner.post(&address, &[("rating", "1"), ("words", "Mine."), ("version", "1")]);
    assert!(
        stale.status == 409 && stale.says().contains("A colleague wrote") && stale.text("main textarea") == "Mine.",
        "{}",
        stale.says()
    );
    let viewer = site.signed_in(&on.organisation.viewer.email).get(&address);
    assert!(viewer.html.contains(WORD) && !viewer.has("main form"), "their own side's: {}", viewer.says());
    let told = ada.get("/notices").says();
    assert!(told.contains("has reviewed"), "{told}");
    let client = format!("/organisations/{}/reviews", on.organisation.id);
    let profile = format!("/freelancers/{}", on.freelancers[0].id);
    let history = format!("/contracts/{id}/history");
    let project = format!("/projects/{}/history", on.id);
    let contract = format!("/contracts/{id}");
    let admin = site.signed_in(&admin.email);
    for browser in [&ada, &admin, &site.browser()] {
        for path in [&address, &client, &profile, &history, &project, &contract, &format!("{history}.json")] {
            assert!(!browser.get(path).html.contains(WORD), "{path}");
        }
    }
    assert_eq!((admin.get(&address).status, site.browser().get(&address).status), (404, 303));
    assert!(ada.get(&address).says().contains("has reviewed"));
    assert!(owner.get(&history).says().contains("changed the review"));
    let hers = ada.get(&history).says();
    assert!(hers.contains("reviewed the work") && !hers.contains("changed the review"), "how often is theirs to know: {hers}");
    assert!(!ada.get(&format!("{history}.json")).html.contains("changed the review"));
    let sent = ada.submit(&ada.get(&address), "main form", &[("rating", "5"), ("words", "They knew what they wanted.")]);
    let page = ada.get(sent.location());
    assert_eq!(page.texts("main h2").len(), 3);
    assert!(page.says().contains(WORD) && !page.has("main form"), "{}", page.says());
    let says = site.browser().get(&profile).says();
    assert!(says.contains(WORD) && says.contains("3.0 of 5, from 1 review (3 ÷ 1)"), "{says}");
    assert!(site.browser().get(&client).says().contains("They knew"));
    for (path, word) in [(&client, "They knew"), (&format!("{profile}/reviews"), WORD)] {
        assert!(site.browser().get(&format!("{path}.csv")).html.contains(word), "{path}");
    }
    let title = "Stock system for three warehouses";
    assert!(site.browser().get(&profile).says().contains(title), "what the work was");
    given::past_triggers(conn, &format!("UPDATE projects SET visibility = 'INVITED' WHERE id = {}", on.id));
    assert!(!site.browser().get(&profile).html.contains(title), "but not where that is not everybody's to know");
    let late = owner.post(&address, &[("rating", "1"), ("words", "Too late.")]);
    assert_eq!(late.status, 409);
    assert!(late.says().contains("Too late."), "what was typed is kept");
}
