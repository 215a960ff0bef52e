//! Freelancers never learn of marks: not of their own, not of others'.
use crate::support::browser::Browser;
use crate::support::given::{self, OpenProject};
use crate::support::site::TestSite;

/// Words that would give a mark away, small.
const TRACES: [&str; 7] = ["shortlist", "short list", "archive", "private note", "looking at this", "knows cold stores", "/mark"];

fn pages(project: &OpenProject) -> Vec<String> {
    let own = format!("/proposals/{}", project.proposals[0]);
    vec![
        "/dashboard".to_owned(),
        format!("/projects/{}", project.id),
        format!("/projects/{}/history", project.id),
        format!("/projects/{}/proposals", project.id),
        format!("/projects/{}/proposals/new", project.id),
        own.clone(),
        format!("{own}/withdraw"),
        format!("/proposals/{}", project.proposals[1]),
        format!("/freelancers/{}", project.freelancers[0].id),
        "/account/history".to_owned(),
        "/notices".to_owned(),
    ]
}

fn read(browser: &Browser, project: &OpenProject) -> Vec<(String, u16, String)> {
    let read = |path: String| {
        let page = browser.get(&path);
        let small = page.html.to_lowercase();
        let found: Vec<_> = TRACES.iter().filter(|trace| small.contains(**trace)).collect();
        assert!(found.is_empty(), "{path}: {found:?} in {}", page.says());
        (path, page.status, page.says())
    };
    pages(project).into_iter().map(read).collect()
}

#[test]
fn a_freelancer_s_pages_are_the_same_with_marks_and_without() {
    let (database, project) = given::database_with_open_project(2);
    let site = TestSite::on(&database);
    let owner = site.signed_in(&project.organisation.owner.email);
    let author = site.signed_in(&project.freelancers[0].email);
    let before = read(&author, &project);
    for proposal in &project.proposals {
        for fields in [&[("mark", "shortlist")][..], &[("mark", "archive")], &[("mark", "note"), ("note", "Knows cold stores.")]] {
            owner.post(&format!("/proposals/{proposal}/mark"), fields).location();
        }
        assert_eq!(owner.get(&format!("/proposals/{proposal}")).status, 200);
    }
    assert_eq!(read(&author, &project), before);
    // after the end too
    owner.post(&format!("/proposals/{}/accept", project.proposals[1]), &[("version", "1"), ("scope_version", "1")]).location();
    read(&author, &project);
}
