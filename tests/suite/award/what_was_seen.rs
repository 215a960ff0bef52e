//! Accepted is what was read: another price, or another project, is shown first.
use guildhall::operations::projects::edit_project;
use guildhall::operations::proposals::{Submission, submit_proposal};

use super::desks::desks;
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::site::TestSite;

const FORM: &str = "form[action$='/accept']";

#[test]
fn a_price_that_changed_since_is_shown_before_and_after() {
    let (database, project) = given::database_with_open_project(2);
    let site = TestSite::on(&database);
    let browser = desks(&database, &site, &project, 1).remove(0).browser;
    let accept = format!("/proposals/{}/accept", project.proposals[0]);
    let open_tab = browser.get(&accept);
    let revised =
        Submission { project: project.id, content: given::proposal_words(650_000), version: Some(1), scope_version: Some(1), files: None };
    submit_proposal(&mut patient(&mut database.connect()), project.freelancers[0].id, &revised).unwrap();

    let refused = browser.submit(&open_tab, FORM, &[]);
    assert_eq!(refused.status, 409, "{}", refused.says());
    for words in ["changed", "€6,000.00", "€6,500.00", "was not carried out"] {
        assert!(refused.says().contains(words), "{words} is not in: {}", refused.says());
    }
    assert_eq!(refused.attribute("main a.btn", "href").unwrap(), format!("/proposals/{}", project.proposals[0]));
    let accepted = browser.submit(&browser.get(&accept), FORM, &[]);
    assert!(browser.follow(accepted).says().contains("€6,500.00"));
    invariants::hold(&database);
}

#[test]
fn a_project_that_changed_since_is_to_be_read_again() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let browser = desks(&database, &site, &project, 1).remove(0).browser;
    let accept = format!("/proposals/{}/accept", project.proposals[0]);
    let open_tab = browser.get(&accept);
    let mut words = given::project_words();
    words.budget_max += 1;
    edit_project(&mut patient(&mut database.connect()), project.organisation.owner.id, project.id, &words, Some(1)).unwrap();

    let refused = browser.submit(&open_tab, FORM, &[]);
    assert_eq!(refused.status, 409, "{}", refused.says());
    assert_eq!(refused.attribute("main a.btn", "href").unwrap(), accept);
    let again = browser.get(&accept);
    assert_eq!(browser.submit(&again, FORM, &[]).status, 422, "the proposal was made for the words before");
    assert_eq!(browser.submit(&again, FORM, &[("unconfirmed", "1")]).status, 303);
    invariants::hold(&database);
}
