//! A person's dashboard: what needs them first, then everything they have to do with.

mod needs;
mod sent;

use askama::Template;

use self::needs::Need;
use super::context::SignedIn;
use super::projects::words;
use super::respond::{self, Answer};
use super::shell::Shell;
use super::shown::{self, Moment};
use crate::db::Database;
use crate::db::dashboard::{self, Agreed, Desk, Ours, Sent};
use crate::db::projects::Listed;
use crate::domain::person::Person;
use crate::domain::project::ProjectStatus;
use crate::domain::work::Minutes;

#[derive(Template)]
#[template(path = "dashboard/page.html")]
struct Page {
    shell: Shell,
    person: Person,
    desk: Desk,
    /// What waits for the person, nearest deadline first.
    needs: Vec<Need>,
}

/// Shows it.
pub async fn page(signed_in: SignedIn, database: Database) -> Answer {
    let person = signed_in.person.clone();
    let (user, is_member, is_freelancer) = (person.id, !person.memberships.is_empty(), person.is_freelancer);
    let desk = database.run(move |conn| Ok(dashboard::desk(conn, user, is_member, is_freelancer)?)).await?;
    let shell = signed_in.shell();
    let needs = needs::of(&desk, &shell.clock);
    respond::page(&Page { shell, person, desk, needs })
}

impl Page {
    /// Whether the person decides for some organisation.
    fn decides(&self) -> bool {
        self.person.manages().next().is_some()
    }

    /// What the person worked this week, in words.
    fn this_week(&self) -> String {
        let worked = super::time::long(Minutes(self.desk.this_week.minutes));
        if self.desk.this_week.runs { format!("{worked}, and a timer runs") } else { worked }
    }

    fn is_member(&self) -> bool {
        !self.person.memberships.is_empty()
    }

    fn open(&self) -> impl Iterator<Item = &Ours> {
        self.desk.ours.iter().filter(|project| project.status == ProjectStatus::Open)
    }

    /// The open projects that are not named above: for who decides, those that need nothing from them so far.
    fn rows(&self) -> Vec<&Ours> {
        self.open().filter(|project| needs::to_decide(project).is_none()).collect()
    }

    /// How many open projects there are, where not all of them can be shown.
    fn beyond(&self) -> Option<i64> {
        let (shown, total) = (self.open().count(), self.open().next()?.total);
        (usize::try_from(total) != Ok(shown)).then_some(total)
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

    fn our_budget(&self, project: &Ours) -> String {
        words::budget(project.kind, project.from(), project.to())
    }

    fn proposals(&self, project: &Ours) -> String {
        words::bids(project.proposal_count, project.is_sealed)
    }

    fn fresh(&self, project: &Ours) -> String {
        needs::fresh(project)
    }

    fn closes(&self, project: &Listed) -> Moment {
        shown::time(&self.shell.clock, project.deadline)
    }

    fn ours_closes(&self, project: &Ours) -> Moment {
        shown::time(&self.shell.clock, project.deadline)
    }

    fn sent_closes(&self, sent: &Sent) -> Moment {
        shown::time(&self.shell.clock, sent.deadline)
    }

    fn began(&self, contract: &Agreed) -> Moment {
        shown::time(&self.shell.clock, contract.at)
    }
}
