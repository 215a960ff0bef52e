//! What this person can do with this project now: one thing above all, or one sentence why nothing.

use super::words;
use crate::db::projects::View;
use crate::domain::person::Person;
use crate::domain::project::ProjectStatus;
use crate::domain::proposal::ProposalStatus;

/// A link: where it leads, and its words.
pub type Link = (String, String);

/// What a page offers.
#[derive(Debug, Default)]
pub struct Actions {
    /// The one thing to do.
    pub first: Option<Link>,
    /// How things stand for this person, where that is not plain.
    pub sentence: String,
    /// What else can be done.
    pub others: Vec<Link>,
}

impl Actions {
    /// For whoever looks at the page.
    pub fn of(view: &View, person: Option<&Person>) -> Self {
        if view.project.is_held() {
            return Self::of_held(view);
        }
        if view.role.is_some() {
            return Self::of_member(view);
        }
        if let Some(own) = view.own {
            return Self { first: Some((format!("/proposals/{}", own.id), "Look at your proposal".to_owned())), ..Self::own(view) };
        }
        if !view.takes_proposals {
            return Self::says(closed_words(view));
        }
        let id = view.project.id;
        match person {
            None => Self {
                first: Some((format!("/sign-in?next=%2Fprojects%2F{id}"), "Sign in to send a proposal".to_owned())),
                others: vec![("/sign-up".to_owned(), "Create an account".to_owned())],
                ..Self::default()
            },
            Some(person) if person.is_freelancer => {
                Self { first: Some((format!("/projects/{id}/propose"), "Send a proposal".to_owned())), ..Self::default() }
            }
            Some(_) => Self {
                sentence: "Freelancers send proposals. Begin a freelancer’s profile to send one.".to_owned(),
                first: Some(("/account/profile".to_owned(), "Begin a profile".to_owned())),
                ..Self::default()
            },
        }
    }

    fn says(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), ..Self::default() }
    }

    /// While the house holds the project: what there is to read, and for its client the way out. Its page says why.
    fn of_held(view: &View) -> Self {
        let (id, count) = (view.project.id, view.project.proposal_count);
        let to = |act: &str, words: &str| (format!("/projects/{id}/{act}"), words.to_owned());
        if let Some(own) = view.own {
            return Self { first: Some((format!("/proposals/{}", own.id), "Look at your proposal".to_owned())), ..Self::own(view) };
        }
        let sentence = "The house holds this project: nobody can act on it now.";
        let proposals = (view.role.is_some() && count > 0).then(|| to("proposals", &words::bids(count, view.project.bids_are_sealed())));
        let cancel =
            (view.manages() && view.project.status.may_become(ProjectStatus::Cancelled)).then(|| to("cancel", "Cancel this project"));
        Self { first: proposals, others: Vec::from_iter(cancel), ..Self::says(sentence) }
    }

    fn own(view: &View) -> Self {
        let organisation = &view.organisation;
        match view.own_status() {
            Some(ProposalStatus::Pending) => Self::says(format!("You sent a proposal. {organisation} decides.")),
            Some(ProposalStatus::Accepted) => Self::says("Your proposal was accepted."),
            Some(ProposalStatus::Rejected) => Self::says("Your proposal was not selected."),
            Some(ProposalStatus::Withdrawn) if view.takes_proposals => {
                Self::says("You withdrew your proposal. You can send it again until proposals close.")
            }
            Some(ProposalStatus::Withdrawn) => Self::says("You withdrew your proposal."),
            Some(ProposalStatus::Revoked) => Self::says("Your contract for this project ended early."),
            None => Self::default(),
        }
    }

    fn of_member(view: &View) -> Self {
        if view.project.bids_are_sealed() && view.project.status != ProjectStatus::Draft {
            return Self::of_sealed(view);
        }
        let (id, status) = (view.project.id, view.project.status);
        let to = |act: &str, words: &str| (format!("/projects/{id}/{act}"), words.to_owned());
        let compare = || match view.project.proposal_count {
            1 => to("proposals", "Look at the proposal"),
            count => to("proposals", &format!("Compare {count} proposals")),
        };
        let copy = || (format!("/projects/new?from={id}"), "Copy this project".to_owned());
        let any = view.project.proposal_count > 0;
        if !view.manages() {
            let sentence = match status {
                ProjectStatus::Draft | ProjectStatus::Open => "Owners and managers of the organisation change this project and decide.",
                _ => "",
            };
            return Self { first: (any && status != ProjectStatus::Draft).then(compare), ..Self::says(sentence) };
        }
        let (edit, cancel) = (|| to("edit", "Edit"), || to("cancel", "Cancel this project"));
        let invite = || to("invitations", "Who sees it, and invitations");
        match status {
            ProjectStatus::Draft => Self {
                first: Some(to("publish", "Publish")),
                others: vec![edit(), invite(), copy(), cancel()],
                sentence: "Only members of the organisation see this draft.".to_owned(),
            },
            ProjectStatus::Open => Self {
                first: any.then(compare),
                others: vec![edit(), invite(), copy(), cancel()],
                sentence: match (any, view.takes_proposals) {
                    (false, true) => "Nobody has sent a proposal yet. Each one appears here.",
                    (false, false) => "Proposals closed and none came. Set a later deadline, or cancel the project.",
                    (true, true) => "",
                    (true, false) => "Proposals closed. Choose one, or set a later deadline.",
                }
                .to_owned(),
            },
            ProjectStatus::Assigned | ProjectStatus::Completed | ProjectStatus::Cancelled => {
                Self { first: any.then(compare), others: vec![copy()], ..Self::default() }
            }
        }
    }

    /// For members while nobody can read the bids: there is nothing to compare.
    fn of_sealed(view: &View) -> Self {
        let (id, count) = (view.project.id, view.project.proposal_count);
        let to = |act: &str, words: &str| (format!("/projects/{id}/{act}"), words.to_owned());
        let (open, closed) = (view.project.status == ProjectStatus::Open, !view.takes_proposals);
        let number = (count > 0).then(|| to("proposals", &words::bids(count, true)));
        let copy = (format!("/projects/new?from={id}"), "Copy this project".to_owned());
        let sentence = match (open, closed, count) {
            (false, ..) => "The bids were never opened, and stay closed for ever.",
            (_, true, 0) if view.manages() => "Proposals closed and none came. Set a later deadline, or cancel the project.",
            (_, true, 0) => "Proposals closed and none came.",
            (_, true, _) => "Proposals closed. The bids are sealed until an owner or manager opens them.",
            (_, false, _) => "Bids are sealed: nobody reads them before proposals close and they are opened.",
        };
        let opens = open && closed && count > 0 && view.manages();
        let first = if opens { Some(to("open-bids", "Open the bids")) } else { number.clone() };
        let mut others = Vec::from_iter(number.filter(|_| opens));
        if view.manages() && open {
            others.extend([to("edit", "Edit"), copy, to("cancel", "Cancel this project")]);
        } else if view.manages() {
            others.push(copy);
        }
        Self { first, others, ..Self::says(sentence) }
    }
}

fn closed_words(view: &View) -> String {
    match view.project.status {
        ProjectStatus::Draft => String::new(),
        ProjectStatus::Open => format!("Proposals closed. {} decides.", view.organisation),
        ProjectStatus::Assigned => "This project is assigned.".to_owned(),
        ProjectStatus::Completed => "This project is completed.".to_owned(),
        ProjectStatus::Cancelled => "This project was cancelled.".to_owned(),
    }
}
