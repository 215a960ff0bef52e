//! What waits for a person, of whichever kind, in the order in which it is due.

use chrono::{DateTime, Utc};
use jiff::tz::TimeZone;

use crate::db::dashboard::{Awaited, Desk, Ours, Unanswered, Unread, WaitingWeek};
use crate::db::projects::Listed;
use crate::domain::project::ProjectStatus;
use crate::domain::work::{Minutes, SheetState, Week};
use crate::web::projects::words;
use crate::web::shown::{self, Moment};

/// One thing to do.
#[derive(Debug)]
pub(super) struct Need {
    /// `PRJ-0412`, or a proposal's.
    pub reference: String,
    /// The client.
    pub organisation: String,
    /// The kind of a tag and its words; "" for none.
    pub tag: (&'static str, &'static str),
    /// Where it is done.
    pub href: String,
    /// What is to be done, and of what.
    pub what: String,
    /// More about it; "" for nothing.
    pub more: String,
    /// What it is about in money; "" for nothing.
    pub money: String,
    /// What happens by when.
    pub due: Option<(&'static str, Moment)>,
    /// For how long it waits.
    pub waits: String,
    /// By which it is ordered: what has no deadline comes last.
    deadline: Option<DateTime<Utc>>,
}

/// All of them, nearest deadline first.
pub(super) fn of(desk: &Desk, clock: &TimeZone) -> Vec<Need> {
    let scribe = Scribe { clock, at: desk.at };
    let mut needs: Vec<Need> = desk.unanswered.iter().map(|one| scribe.answer(one)).collect();
    needs.extend(desk.ours.iter().filter_map(|project| Some(scribe.decide(project, to_decide(project)?))));
    needs.extend(desk.weeks.iter().map(|one| scribe.week(one)));
    needs.extend(desk.unread.iter().map(|one| scribe.read(one)));
    needs.extend(desk.awaited.iter().map(|one| scribe.awaited(one)));
    needs.extend(desk.invited.iter().map(|(project, at)| scribe.look(project, *at)));
    needs.extend(desk.sent.iter().filter_map(|sent| {
        let at = sent.outgrown_at()?;
        let need = scribe.need(sent.id.reference(), &sent.organisation, format!("Confirm your proposal: {}", sent.title), at);
        let need = Need { href: format!("/proposals/{}/confirm", sent.id), money: sent.price().to_string(), ..need };
        Some(Need { more: "The project changed after you sent it.".to_owned(), ..scribe.due(need, sent.deadline, false) })
    }));
    needs.extend(
        desk.ours.iter().filter(|project| project.decides && project.status == ProjectStatus::Draft).map(|one| scribe.publish(one)),
    );
    needs.sort_by_key(|need| (need.deadline.is_none(), need.deadline));
    needs
}

/// What there is to decide on a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// Sealed bids can be opened.
    Open,
    /// Proposals wait.
    Choose,
    /// Proposals have closed, and none waits: what becomes of the project?
    Settle,
}

/// What the person has to decide on a project, if anything.
pub(super) fn to_decide(project: &Ours) -> Option<Decision> {
    if !project.decides || project.status != ProjectStatus::Open {
        return None;
    }
    match project {
        Ours { is_sealed: true, closed: true, proposal_count: 1.., .. } => Some(Decision::Open),
        Ours { waiting: 1.., .. } => Some(Decision::Choose),
        Ours { closed: true, .. } => Some(Decision::Settle),
        _ => None,
    }
}

/// How many proposals are new to the person; "" for none.
pub(super) fn fresh(project: &Ours) -> String {
    match (project.fresh, project.has_looked) {
        (0, _) => String::new(),
        (count, true) => format!("{count} new since you last looked"),
        (1, false) => "You have not looked at it yet".to_owned(),
        (_, false) => "You have not looked at them yet".to_owned(),
    }
}

/// Words things to do for one person at one moment.
struct Scribe<'c> {
    clock: &'c TimeZone,
    at: DateTime<Utc>,
}

impl Scribe<'_> {
    fn need(&self, reference: String, organisation: &str, what: String, since: DateTime<Utc>) -> Need {
        Need {
            reference,
            organisation: organisation.to_owned(),
            tag: ("", ""),
            href: String::new(),
            what,
            more: String::new(),
            money: String::new(),
            due: None,
            waits: format!("waits {}", shown::span(self.at - since)),
            deadline: None,
        }
    }

    /// By when; past it, since when.
    fn due(&self, need: Need, deadline: DateTime<Utc>, closed: bool) -> Need {
        let words = if closed { "Proposals closed" } else { "Closes" };
        Need { due: Some((words, shown::time(self.clock, deadline))), deadline: Some(deadline), ..need }
    }

    fn answer(&self, one: &Unanswered) -> Need {
        let questions = if one.count == 1 { "1 question".to_owned() } else { format!("{} questions", one.count) };
        let need = self.need(one.project.reference(), &one.organisation, format!("Answer {questions}: {}", one.title), one.since);
        self.due(Need { href: format!("/projects/{}/questions", one.project), ..need }, one.deadline, one.closed)
    }

    fn decide(&self, project: &Ours, decision: Decision) -> Need {
        let count = i32::try_from(project.waiting).unwrap_or(project.proposal_count);
        let mut more = Vec::new();
        let (what, since, page) = match decision {
            Decision::Open => (format!("Open {}", words::bids(project.proposal_count, true)), project.deadline, "/proposals"),
            Decision::Choose => (format!("Decide on {}", words::proposals(count)), project.since.unwrap_or(project.deadline), "/proposals"),
            Decision::Settle => {
                more.push(match project.proposal_count {
                    0 => "Nobody sent a proposal in time.".to_owned(),
                    1 => "The only proposal is declined.".to_owned(),
                    all => format!("All {all} proposals are declined."),
                });
                ("Give more time or cancel".to_owned(), project.deadline, "")
            }
        };
        if decision != Decision::Settle {
            more.extend(Some(fresh(project)).filter(|words| !words.is_empty()).map(|words| format!("{words}.")));
        }
        match project.unconfirmed {
            0 => {}
            1 => more.push("1 was sent before you changed the project; its freelancer has not confirmed it yet.".to_owned()),
            some => more.push(format!("{some} were sent before you changed the project; their freelancers have not confirmed them yet.")),
        }
        let need = self.need(project.id.reference(), &project.organisation, format!("{what}: {}", project.title), since);
        let tag = if project.closed { ("wait", "Waits for your decision") } else { ("", "") };
        let need = Need { tag, href: format!("/projects/{}{page}", project.id), more: more.join(" "), money: budget(project), ..need };
        self.due(need, project.deadline, project.closed)
    }

    fn week(&self, one: &WaitingWeek) -> Need {
        let week = Week::of_day(one.week);
        let what = match one.state {
            SheetState::Queried => format!("Answer a question about week {}: {}", week.number(), one.title),
            _ => format!(
                "Approve {} of {} for week {}: {}",
                crate::web::time::long(Minutes(one.minutes.into())),
                one.freelancer,
                week.number(),
                one.title
            ),
        };
        let need = self.need(one.contract.reference(), &one.organisation, what, one.since);
        Need { href: format!("/contracts/{}/time?week={week}", one.contract), ..need }
    }

    fn read(&self, one: &Unread) -> Need {
        let messages = if one.count == 1 { "1 new message".to_owned() } else { format!("{} new messages", one.count) };
        let what = format!("Read {messages} from {}: {}", one.with, one.title);
        let need = self.need(one.project.reference(), &one.organisation, what, one.since);
        let need = Need { href: format!("{}#new", one.about().address()), ..need };
        match one.deadline {
            Some(deadline) => self.due(need, deadline, deadline <= self.at),
            None => need,
        }
    }

    /// What a contract waits for. The day on which it is due is the end of that day.
    fn awaited(&self, one: &Awaited) -> Need {
        let (what, href, tag) = match one.what.as_str() {
            "JUDGE" => ("Approve, or ask for changes", format!("/milestones/{}", one.about), ("wait", "Waits for your approval")),
            "CHANGE" => ("Change what you delivered", format!("/milestones/{}", one.about), ("now", "Changes requested")),
            "ANSWER" => ("Confirm or decline other terms", format!("/contracts/{}/terms", one.contract), ("wait", "Terms are proposed")),
            "REOPEN" => ("Open the project again, or leave it", format!("/projects/{}/reopen", one.about), ("stop", "Ended early")),
            _ => ("Submit", format!("/milestones/{}", one.about), ("", "")),
        };
        let need = self.need(one.contract.reference(), &one.organisation, format!("{what}: {}", one.title), one.since);
        let need = Need { tag, href, money: one.money(), ..need };
        let deadline = one.due_on.and_then(|day| day.and_hms_opt(23, 59, 59)).map(|at| at.and_utc());
        Need { due: deadline.map(|at| ("Due", shown::time(self.clock, at))), deadline, ..need }
    }

    fn look(&self, project: &Listed, invited_at: DateTime<Utc>) -> Need {
        let need = self.need(project.id.reference(), &project.organisation, format!("Look at the project: {}", project.title), invited_at);
        let money = words::budget(project.kind, project.from(), project.to());
        let need = Need { tag: ("wait", "You are invited"), href: format!("/projects/{}", project.id), money, ..need };
        self.due(need, project.deadline, false)
    }

    /// A draft whose deadline has passed has none that holds.
    fn publish(&self, draft: &Ours) -> Need {
        let what = format!("Publish your draft: {}", draft.title);
        let need = self.need(draft.id.reference(), &draft.organisation, what, draft.created_at);
        let need = Need { tag: ("", "Draft"), href: format!("/projects/{}", draft.id), money: budget(draft), ..need };
        if draft.closed {
            return Need { more: "Its deadline has passed: it needs a later one.".to_owned(), ..need };
        }
        self.due(need, draft.deadline, false)
    }
}

fn budget(project: &Ours) -> String {
    words::budget(project.kind, project.from(), project.to())
}
