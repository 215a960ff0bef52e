//! Marks as members use them.
use crate::support::given;
use crate::support::site::TestSite;

#[test]
fn members_mark_from_the_proposal_s_page_and_take_it_back() {
    let (database, project) = given::database_with_open_project(2);
    let site = TestSite::on(&database);
    let (owner, manager) = (site.signed_in(&project.organisation.owner.email), site.signed_in(&project.organisation.manager.email));
    let address = format!("/proposals/{}", project.proposals[0]);
    let page = owner.follow(owner.submit(&owner.get(&address), "#mark button[value=shortlist]", &[]));
    assert!(page.text(".flash").contains("is on the short list."), "{}", page.says());
    owner.submit(&page, "#mark button[value=archive]", &[]).location();
    let seen = manager.get(&address);
    assert!(seen.text("#mark").contains("Shortlisted by Nadia Osei") && seen.text("#mark").contains("Ada Byron is not told."));
    assert!(seen.text("#mark").contains("Archived by Nadia Osei"), "{}", seen.says());
    let compare = manager.get(&format!("/projects/{}/proposals?show=all", project.id));
    assert!(compare.says().contains("Shortlisted by Nadia Osei"), "{}", compare.says());
    let lifted = manager.follow(manager.submit(&seen, "#mark button[value=unshortlist]", &[]));
    assert!(lifted.text("#mark").contains("Taken off the short list by Tomas Weber"), "{}", lifted.says());
    manager.submit(&lifted, "#mark button[value=unarchive]", &[]).location();
    assert!(owner.get(&address).text("#mark").contains("Brought back from the archive by Tomas Weber"));
}

#[test]
fn finance_and_viewers_see_marks_and_set_none() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let owner = site.signed_in(&project.organisation.owner.email);
    let address = format!("/proposals/{}", project.proposals[0]);
    owner.post(&format!("{address}/mark"), &[("mark", "shortlist")]).location();
    owner.post(&format!("{address}/mark"), &[("mark", "note"), ("note", "Knows cold stores.")]).location();
    for reader in [&project.organisation.finance, &project.organisation.viewer] {
        let browser = site.signed_in(&reader.email);
        let page = browser.get(&address);
        assert!(page.says().contains("Shortlisted by Nadia Osei") && page.says().contains("Knows cold stores."), "{}", page.says());
        assert!(!page.has("form[action$='/mark']"));
        assert_eq!(browser.post(&format!("{address}/mark"), &[("mark", "archive")]).status, 403);
    }
    let stranger = given::organisation(&mut database.connect());
    for email in [&stranger.owner.email, &project.freelancers[0].email] {
        assert_eq!(site.signed_in(email).post(&format!("{address}/mark"), &[("mark", "archive")]).status, 404);
    }
}

#[test]
fn a_note_that_makes_no_sense_is_shown_again() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let owner = site.signed_in(&project.organisation.owner.email);
    let page = owner.get(&format!("/proposals/{}", project.proposals[0]));
    let long = "x".repeat(2001);
    let again = owner.submit(&page, "form:has(#note)", &[("note", &long)]);
    assert_eq!(again.status, 422);
    assert!(again.has("[data-error-summary] a[href='#note']") && again.text("#note") == long);
    let odd = owner.post(&format!("/proposals/{}/mark", project.proposals[0]), &[("mark", "gild")]);
    assert_eq!(odd.status, 422);
    assert!(odd.says().contains("Choose what to mark"));
}

#[test]
fn a_colleague_s_newer_note_is_shown_beside_what_was_typed() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let (owner, manager) = (site.signed_in(&project.organisation.owner.email), site.signed_in(&project.organisation.manager.email));
    let address = format!("/proposals/{}", project.proposals[0]);
    let (one, other) = (owner.get(&address), manager.get(&address));
    owner.submit(&one, "form:has(#note)", &[("note", "Knows cold stores.")]).location();
    let late = manager.submit(&other, "form:has(#note)", &[("note", "Too far away.")]);
    assert_eq!(late.status, 409);
    assert_eq!(late.text("h1"), "Nadia Osei changed the note after you opened it");
    assert!(late.says().contains("Knows cold stores.") && late.text("#note") == "Too far away.", "{}", late.says());
    let saved = manager.follow(manager.submit(&late, "main form", &[("note", "Knows cold stores. Too far away.")]));
    assert_eq!(saved.text("#note"), "Knows cold stores. Too far away.");
    assert!(saved.says().contains("Last written by Tomas Weber"));
    owner.submit(&owner.get(&address), "form:has(#note)", &[("note", "")]).location();
    assert!(manager.get(&address).says().contains("Note cleared by Nadia Osei"));
}

#[test]
fn telling_the_freelancer_is_a_tick_or_a_button_later() {
    let (database, project) = given::database_with_open_project(2);
    let site = TestSite::on(&database);
    let owner = site.signed_in(&project.organisation.owner.email);
    let [first, second] = [0, 1].map(|place| format!("/proposals/{}", project.proposals[place]));
    let ticked = owner.follow(owner.submit(&owner.get(&first), "#mark button[value=shortlist]", &[("shared", "yes")]));
    assert!(ticked.text("#mark").contains("Ada Byron is told."), "{}", ticked.says());
    let kept = owner.follow(owner.submit(&owner.get(&second), "#mark button[value=shortlist]", &[]));
    owner.submit(&kept, "#mark button[value=shortlist]", &[]).location();
    for (place, address) in [&first, &second].into_iter().enumerate() {
        let seen = site.signed_in(&project.freelancers[place].email).get(address);
        assert!(seen.says().contains("On the short list") && !seen.html.contains("Nadia"), "{}", seen.says());
    }
    let history = site.signed_in(&project.freelancers[0].email).get(&format!("/projects/{}/history", project.id));
    assert_eq!(history.says().matches("on the short list").count(), 1, "one's own, not the other's: {}", history.says());
    owner.post(&format!("/projects/{}/cancel", project.id), &[("reason", "No budget."), ("version", "1")]).location();
    let late = owner.post(&format!("{first}/mark"), &[("mark", "shortlist"), ("shared", "yes")]);
    assert_eq!(late.status, 409);
}
