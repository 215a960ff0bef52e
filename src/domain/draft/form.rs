//! The forms whose drafts are kept, each known by its address.

use crate::domain::ids::{ContractId, ProjectId, ProposalId};
use crate::domain::message::About;
use crate::domain::text_enum::text_enum;

text_enum! {
    /// What sort of form.
    FormKind {
        /// A new project.
        ProjectNew = "PROJECT_NEW",
        /// Other words for a project.
        ProjectEdit = "PROJECT_EDIT",
        /// A proposal, new or changed.
        Proposal = "PROPOSAL",
        /// A message about a proposal.
        ProposalMessage = "PROPOSAL_MESSAGE",
        /// A message about a contract.
        ContractMessage = "CONTRACT_MESSAGE",
    }
}

/// A form, with what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A new project; the one that it begins as a copy of.
    NewProject(Option<ProjectId>),
    /// A project's words.
    EditProject(ProjectId),
    /// The one proposal on a project.
    Proposal(ProjectId),
    /// A message.
    Messages(About),
}

impl Form {
    /// As it is stored: the sort, and the number of what it is for.
    pub fn key(self) -> (FormKind, i64) {
        match self {
            Self::NewProject(copied) => (FormKind::ProjectNew, copied.map_or(0, |id| id.0)),
            Self::EditProject(id) => (FormKind::ProjectEdit, id.0),
            Self::Proposal(id) => (FormKind::Proposal, id.0),
            Self::Messages(About::Proposal(id)) => (FormKind::ProposalMessage, id.0),
            Self::Messages(About::Contract(id)) => (FormKind::ContractMessage, id.0),
        }
    }

    /// From what is stored.
    pub fn of(kind: FormKind, subject: i64) -> Self {
        match kind {
            FormKind::ProjectNew => Self::NewProject((subject > 0).then_some(ProjectId(subject))),
            FormKind::ProjectEdit => Self::EditProject(ProjectId(subject)),
            FormKind::Proposal => Self::Proposal(ProjectId(subject)),
            FormKind::ProposalMessage => Self::Messages(About::Proposal(ProposalId(subject))),
            FormKind::ContractMessage => Self::Messages(About::Contract(ContractId(subject))),
        }
    }

    /// Where it is filled in.
    pub fn address(self) -> String {
        match self {
            Self::NewProject(None) => "/projects/new".to_owned(),
            Self::NewProject(Some(id)) => format!("/projects/new?from={id}"),
            Self::EditProject(id) => format!("/projects/{id}/edit"),
            Self::Proposal(id) => format!("/projects/{id}/proposals/new"),
            Self::Messages(about) => about.address(),
        }
    }

    /// The form that is filled in at this address, path and query, or sent to it.
    pub fn at(address: &str) -> Option<Self> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let mut parts = path.strip_prefix('/')?.split('/');
        let (root, id, rest) = (parts.next()?, parts.next()?, parts.collect::<Vec<_>>());
        let form = match (root, id, rest.as_slice()) {
            ("projects", "new", []) => {
                let copied = query.split('&').find_map(|part| part.strip_prefix("from="));
                Self::NewProject(copied.and_then(|id| id.parse().ok()).filter(|id: &ProjectId| id.0 > 0))
            }
            ("projects", id, ["edit"]) => Self::EditProject(id.parse().ok()?),
            ("projects", id, ["proposals"] | ["proposals", "new" | "check"]) => Self::Proposal(id.parse().ok()?),
            ("proposals", id, ["messages"]) => Self::Messages(About::Proposal(id.parse().ok()?)),
            ("contracts", id, ["messages"]) => Self::Messages(About::Contract(id.parse().ok()?)),
            _ => return None,
        };
        (matches!(form, Self::NewProject(_)) || form.key().1 > 0).then_some(form)
    }

    /// Whether a draft keeps a field: what people type there, and what the form says of the version that they saw.
    pub fn keeps(self, field: &str) -> bool {
        self.is_typed(field)
            || match self {
                Self::NewProject(_) => matches!(field, "organisation" | "kind" | "currency" | "sealed" | "key"),
                Self::EditProject(_) => matches!(field, "kind" | "currency" | "sealed" | "version" | "base"),
                Self::Proposal(_) => matches!(field, "version" | "scope_version" | "had_files") || field.starts_with("seen_"),
                Self::Messages(_) => field == "key",
            }
    }

    /// Whether people type this field: a form that holds nothing else is as good as empty.
    pub fn is_typed(self, field: &str) -> bool {
        match self {
            Self::NewProject(_) | Self::EditProject(_) => {
                matches!(field, "title" | "description" | "skills" | "budget_min" | "budget_max" | "deadline" | "questions")
            }
            Self::Proposal(_) => {
                matches!(field, "amount" | "days" | "start" | "cover_letter" | "answers" | "milestone_title" | "milestone_amount" | "file")
            }
            Self::Messages(_) => matches!(field, "message" | "file"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_known_by_its_address() {
        for address in [
            "/projects/new",
            "/projects/new?from=7",
            "/projects/412/edit",
            "/projects/412/proposals/new",
            "/proposals/7/messages",
            "/contracts/3/messages",
        ] {
            let form = Form::at(address).expect(address);
            assert_eq!(form.address(), address);
            let (kind, subject) = form.key();
            assert_eq!(Form::of(kind, subject), form);
        }
        assert_eq!(Form::at("/projects/412/proposals/check"), Some(Form::Proposal(ProjectId(412))));
        assert_eq!(Form::at("/projects/new?from=-1&x=2"), Some(Form::NewProject(None)));
        for none in
            ["", "/", "/projects", "/projects/0/edit", "/projects/x/edit", "//elsewhere.example/edit", "/projects/1/cancel", "/sign-in"]
        {
            assert_eq!(Form::at(none), None, "{none}");
        }
    }
}
