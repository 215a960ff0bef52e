//! A contract's week: what was worked, as a table and one by one, and what can be done with it.

use actix_web::web::Query;
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::table::{Cell, Row, Table};
use super::{times, words};
use crate::db::contracts::Named;
use crate::db::work_logs::Session;
use crate::db::{Database, contracts, projects, timesheets, work_logs};
use crate::domain::contract::ContractStatus;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{ContractId, UserId};
use crate::domain::membership::Role;
use crate::domain::work::{Minutes, SheetState, Span, Week, WorkLog};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::{Fields, new_key};
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// What the address says, as it was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    week: String,
}

#[derive(Template)]
#[template(path = "time/week.html")]
pub(super) struct Page {
    pub shell: Shell,
    pub named: Named,
    reader: UserId,
    role: Option<Role>,
    pub week: Week,
    this_week: Week,
    zone: String,
    at: DateTime<Utc>,
    sheet: Option<timesheets::Named>,
    logs: Vec<WorkLog>,
    table: Table,
    /// The reader's own timer, on whichever contract.
    running: Option<Session>,
    pub errors: FieldErrors,
    /// The form for one session, as it was typed.
    pub began: times::Typed,
    pub ended: times::Typed,
    pub note: String,
    /// The form for a question, as it was typed.
    pub reason: String,
    /// The table, as it was typed.
    pub typed: Option<Fields>,
    key: String,
}

/// Shows a week: the one that was asked for, else this one.
pub async fn page(by: SignedIn, id: Id<ContractId>, database: Database, asked: Option<Query<Asked>>) -> Answer {
    let asked = asked.map(Query::into_inner).unwrap_or_default().week;
    let week = if asked.trim().is_empty() { None } else { Some(Week::parse(&asked).ok_or(PageError::NotFound)?) };
    let user = by.id();
    respond::page(&Page::read(by.shell(), user, id.0, &database, week).await?)
}

impl Page {
    /// Reads a week for one of the contract's sides; for everybody else it is not there.
    pub async fn read(shell: Shell, reader: UserId, id: ContractId, database: &Database, asked: Option<Week>) -> Result<Self, PageError> {
        let found = database.run(move |conn| {
            let Some(named) = contracts::find_for(conn, id, reader)? else { return Ok(None) };
            let (at, zone) = timesheets::clock_of(conn, &named.contract)?;
            let clock = shown::zone(Some(&zone)).0;
            let this_week = Week::of(at, &clock);
            let week = asked.unwrap_or(this_week);
            let sheet = timesheets::named(conn, id, week)?;
            let logs = sheet.as_ref().map(|found| work_logs::in_week(conn, &found.sheet)).transpose()?.unwrap_or_default();
            let is_freelancer = named.contract.freelancer_id == reader;
            let running = if is_freelancer { work_logs::running_of(conn, reader)? } else { None };
            let role =
                if is_freelancer { None } else { projects::membership(conn, named.contract.organisation_id, reader)?.map(|one| one.role) };
            Ok(Some((named, (at, zone, clock), (this_week, week), sheet, logs, (running, role))))
        });
        let (named, (at, zone, clock), (this_week, week), sheet, logs, (running, role)) = found.await?.ok_or(PageError::NotFound)?;
        let table = Table::new(week, &clock, &logs);
        Ok(Self {
            shell,
            named,
            reader,
            role,
            week,
            this_week,
            zone,
            at,
            sheet,
            logs,
            table,
            running,
            errors: FieldErrors::new(),
            began: times::Typed::default(),
            ended: times::Typed::default(),
            note: String::new(),
            reason: String::new(),
            typed: None,
            key: new_key(),
        })
    }

    fn contract(&self) -> ContractId {
        self.named.contract.id
    }

    fn is_freelancer(&self) -> bool {
        self.named.contract.freelancer_id == self.reader
    }

    fn decides(&self) -> bool {
        self.role.is_some_and(Role::manages_projects)
    }

    pub(super) fn state(&self) -> SheetState {
        self.sheet.as_ref().map_or(SheetState::Open, |found| found.sheet.state)
    }

    fn version(&self) -> i32 {
        self.sheet.as_ref().map_or(1, |found| found.sheet.version)
    }

    fn tag(&self) -> &'static str {
        words::tag(self.state())
    }

    /// Whether the reader can write work down in this week.
    fn takes_work(&self) -> bool {
        self.is_freelancer() && self.state().takes_changes() && self.is_active() && self.week <= self.this_week
    }

    fn is_active(&self) -> bool {
        self.named.contract.status == ContractStatus::Active
    }

    fn may_send(&self) -> bool {
        self.is_freelancer() && self.state().takes_changes() && self.table.total > Minutes(0) && !self.runs_here()
    }

    fn waits_for_reader(&self) -> bool {
        self.decides() && self.state() == SheetState::Submitted
    }

    fn title(&self) -> String {
        words::week(self.week)
    }

    /// The weeks around it: where each stands, and its words.
    fn weeks(&self) -> Vec<(String, &'static str)> {
        let address = |week| words::address(self.contract(), week);
        let mut links = vec![(address(self.week.previous()), "Previous week")];
        if self.week < self.this_week {
            links.push((address(self.week.next()), "Next week"));
        }
        if self.week != self.this_week {
            links.push((address(self.this_week), "This week"));
        }
        links
    }

    fn days(&self) -> Vec<String> {
        self.week.days().into_iter().map(words::day).collect()
    }

    /// What happened to the week last, in words.
    fn standing(&self) -> Option<(String, Moment)> {
        let found = self.sheet.as_ref()?;
        let who = found.decided_by.as_deref().unwrap_or("The client");
        let freelancer = &self.named.freelancer;
        let (words, at) = match found.sheet.state {
            SheetState::Open => return None,
            SheetState::Submitted => (format!("{freelancer} sent it"), found.sheet.submitted_at?),
            SheetState::Queried => (format!("{who} gave it back with a question"), found.sheet.decided_at?),
            SheetState::Approved | SheetState::Invoiced => (format!("{who} approved it"), found.sheet.decided_at?),
        };
        Some((words, shown::time(&self.shell.clock, at)))
    }

    fn question(&self) -> Option<&str> {
        self.sheet.as_ref()?.sheet.query_reason.as_deref()
    }

    /// The limit of the contract for a week, and what of it is left.
    fn limit(&self) -> Option<(String, String)> {
        let limit = Minutes(self.named.contract.weekly_limit?.into());
        Some((words::long(limit), words::long(Minutes((limit.0 - self.table.total.0).max(0)))))
    }

    /// The sessions that are there, in order.
    fn sessions(&self) -> Vec<&WorkLog> {
        self.logs.iter().filter(|log| log.deleted_at.is_none()).collect()
    }

    /// Those that were deleted: their freelancer's alone.
    fn deleted(&self) -> Vec<&WorkLog> {
        let own = self.is_freelancer();
        self.logs.iter().filter(|log| own && log.deleted_at.is_some() && log.ended_at.is_some()).collect()
    }

    fn span(&self, log: &WorkLog) -> String {
        words::span(&self.shell.clock, log.span())
    }

    fn long(&self, log: &WorkLog) -> String {
        log.ended_at.map_or_else(|| "running".to_owned(), |_| log.span().minutes().to_string())
    }

    /// The reader's timer, if it runs on this very contract.
    fn own_timer(&self) -> Option<&Session> {
        self.running.as_ref().filter(|session| session.log.contract_id == self.contract())
    }

    /// The reader's timer, if it runs on another one.
    fn other_timer(&self) -> Option<&Session> {
        self.running.as_ref().filter(|session| session.log.contract_id != self.contract())
    }

    fn runs_here(&self) -> bool {
        self.logs.iter().any(WorkLog::is_running)
    }

    fn since(&self, session: &Session) -> String {
        let long = Span { from: session.log.started_at, to: Some(self.at) }.minutes();
        format!("{}, {}", words::span(&self.shell.clock, session.log.span()), words::long(long))
    }

    /// The table's rows as they are shown; where work can be written down, two more to type into.
    fn rows(&self) -> Vec<ShownRow> {
        let known = self.table.rows.iter().enumerate().map(|(place, row)| {
            let label = if row.note.is_empty() { "Work without a note".to_owned() } else { row.note.clone() };
            self.row(place, label, row.note.clone(), Some(row))
        });
        let mut rows: Vec<_> = known.collect();
        if self.takes_work() {
            for place in rows.len()..rows.len() + 2 {
                let typed = self.typed.as_ref().and_then(|typed| typed.all("note").get(place).map(|note| (*note).to_owned()));
                rows.push(self.row(place, String::new(), typed.unwrap_or_default(), None));
            }
        }
        rows
    }

    fn row(&self, place: usize, label: String, note: String, row: Option<&Row>) -> ShownRow {
        let work = if label.is_empty() { "new work" } else { label.as_str() };
        let cells = self.week.days().into_iter().enumerate().map(|(day, date)| {
            let cell = row.and_then(|row| row.cells.get(day));
            let (name, id) = (format!("d{day}"), format!("d{place}-{day}"));
            let text = cell.map(Cell::text).unwrap_or_default();
            let typed = self.typed.as_ref().and_then(|typed| typed.all(&name).get(place).map(|typed| (*typed).to_owned()));
            ShownCell {
                label: format!("{}, {work}", words::day(date)),
                is_wrong: self.errors.on(&id).is_some(),
                value: typed.unwrap_or_else(|| text.clone()),
                was: cell.map(Cell::was).unwrap_or_default(),
                takes_hours: cell.is_none_or(Cell::takes_hours),
                was_name: format!("w{day}"),
                text,
                name,
                id,
            }
        });
        ShownRow {
            cells: cells.collect(),
            total: row.map(|row| row.total.to_string()).unwrap_or_default(),
            id: format!("note-{place}"),
            label,
            note,
        }
    }
}

/// A row as it is shown.
struct ShownRow {
    /// Its words; empty for one to type into.
    label: String,
    note: String,
    id: String,
    cells: Vec<ShownCell>,
    total: String,
}

/// A cell as it is shown.
struct ShownCell {
    id: String,
    name: String,
    was_name: String,
    was: String,
    label: String,
    value: String,
    text: String,
    takes_hours: bool,
    is_wrong: bool,
}
