//! A person's dashboard: what needs them first, then everything they have to do with.

use askama::Template;

use super::context::SignedIn;
use super::projects::words;
use super::respond::{self, Answer};
use super::shell::Shell;
use super::shown::{self, Moment};
use crate::db::Database;
use crate::db::dashboard::{self, Agreed, Desk, Sent, Unanswered};
use crate::db::projects::Listed;
use crate::domain::person::Person;
use crate::domain::proposal::ProposalStatus;

#[derive(Template)]
#[template(path = "dashboard.html")]
struct Page {
    shell: Shell,
    person: Person,
    desk: Desk,
}

/// Shows it.
pub async fn page(signed_in: SignedIn, database: Database) -> Answer {
    let person = signed_in.person.clone();
    let (user, is_member, is_freelancer) = (person.id, !person.memberships.is_empty(), person.is_freelancer);
    let desk = database.run(move |conn| Ok(dashboard::desk(conn, user, is_member, is_freelancer)?)).await?;
    respond::page(&Page { shell: signed_in.shell(), person, desk })
}

impl Page {
    /// Whether the person decides for some organisation.
    fn decides(&self) -> bool {
        self.person.manages().next().is_some()
    }

    fn is_member(&self) -> bool {
        !self.person.memberships.is_empty()
    }

    /// Open projects with proposals to choose from, or with sealed bids to open, closing soonest first.
    fn to_decide(&self) -> Vec<&Listed> {
        self.desk.open.iter().filter(|project| project.waits_for_client()).collect()
    }

    /// The open projects that are not named above: for who decides, those that need nothing from them so far.
    fn rows(&self) -> Vec<&Listed> {
        let above = |project: &&Listed| self.decides() && project.waits_for_client();
        self.desk.open.iter().filter(|project| !above(project)).collect()
    }

    fn outdated(&self) -> Vec<&Sent> {
        self.desk.sent.iter().filter(|sent| sent.is_outdated()).collect()
    }

    fn something_to_do(&self) -> bool {
        let decide = self.decides() && (!self.desk.unanswered.is_empty() || !self.to_decide().is_empty() || !self.desk.drafts.is_empty());
        decide || !self.desk.invited.is_empty() || !self.outdated().is_empty()
    }

    /// The proposals that wait, then those that ended.
    fn sent(&self) -> Vec<&Sent> {
        let waits = |sent: &&Sent| sent.status() == ProposalStatus::Pending;
        let (waiting, ended): (Vec<&Sent>, Vec<&Sent>) = self.desk.sent.iter().partition(waits);
        waiting.into_iter().chain(ended).collect()
    }

    /// The own proposals by state, as `2 pending, 1 accepted`.
    fn states(&self) -> String {
        let sent = &self.desk.sent;
        let count = |status: &ProposalStatus| sent.iter().filter(|sent| sent.status() == *status).count();
        let named = ProposalStatus::ALL.iter().map(|status| (count(status), status.label().to_lowercase()));
        named.filter(|(count, _)| *count > 0).map(|(count, label)| format!("{count} {label}")).collect::<Vec<_>>().join(", ")
    }

    /// How often the person was chosen, with its arithmetic; nothing before the first decision.
    fn hit_rate(&self) -> Option<String> {
        let (accepted, decided) = (self.desk.accepted, self.desk.decided);
        let percent = (accepted * 200 + decided).checked_div(decided * 2)?;
        Some(format!("{accepted} of {decided} that were decided: {percent} %. Cancelled projects do not count."))
    }

    fn questions(&self, one: &Unanswered) -> String {
        if one.count == 1 { "1 question".to_owned() } else { format!("{} questions", one.count) }
    }

    fn answer_until(&self, one: &Unanswered) -> Moment {
        shown::time(&self.shell.clock, one.deadline)
    }

    fn mine(&self, contract: &Agreed) -> bool {
        contract.freelancer == self.person.id
    }

    fn price(&self, sent: &Sent) -> String {
        sent.price().to_string()
    }

    fn agreed(&self, contract: &Agreed) -> String {
        contract.price().to_string()
    }

    fn budget(&self, project: &Listed) -> String {
        words::budget(project.kind, project.from(), project.to())
    }

    fn proposals(&self, project: &Listed) -> String {
        words::bids(project.proposal_count, project.bids_are_sealed())
    }

    fn closes(&self, project: &Listed) -> Moment {
        shown::time(&self.shell.clock, project.deadline)
    }

    fn changed(&self, sent: &Sent) -> Moment {
        shown::time(&self.shell.clock, sent.updated_at)
    }

    fn began(&self, contract: &Agreed) -> Moment {
        shown::time(&self.shell.clock, contract.at)
    }
}
