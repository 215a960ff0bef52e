//! Raw SQL on a database with a bit of everything in it.
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_types::BigInt;
use guildhall::operations::projects::open_bids;
use guildhall::operations::proposals::accept_proposal;
use guildhall::schema::{contracts, milestones};

use crate::jobs;
use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, patient};

/// A database in which these stand for ids: `:open` and `:other` open projects with the pending proposals `:pending`,
/// `:second` and `:foreign`; `:assigned` with `:accepted` and `:rejected`, its `:contract` and a `:milestone` of it; `:draft`; `:spare`, a freelancer who has sent
/// nothing but the answered question `:enquiry` about `:other`; `:thread` with one message, about
/// `:pending`; jobs that are `:waiting`, `:running` and `:ended`; the tickets `:asked` and `:twin` of `:owner`; the organisation `:client` with its owner `:owner`. With sealed bids:
/// `:sealed` before its deadline with the proposal `:closed`, `:due` after it, and `:opened` with the proposal `:read`.
pub struct Raw {
    pub conn: PgConnection,
    names: Vec<(&'static str, i64)>,
    _database: TestDatabase,
}

impl Raw {
    pub fn new() -> Self {
        let database = TestDatabase::new();
        let mut conn = database.connect();
        let open = given::open_project(&mut conn, 2);
        let other = given::open_project(&mut conn, 1);
        let assigned = given::open_project(&mut conn, 2);
        let draft = given::draft(&mut conn, &open.organisation);
        let spare = given::freelancer(&mut conn, "Rosa Ferreira");
        accept_proposal(&mut patient(&mut conn), assigned.organisation.owner.id, assigned.proposals[0], FIRST_SEEN).expect("an award");
        let contract: i64 =
            contracts::table.filter(contracts::proposal_id.eq(assigned.proposals[0].0)).select(contracts::id).first(&mut conn).expect("it");
        let milestone: i64 =
            milestones::table.filter(milestones::contract_id.eq(contract)).select(milestones::id).first(&mut conn).expect("one");
        let enquiry = given::enquiry(&mut conn, &other, &spare, "When?", Some("In May."));
        let sealed = given::sealed_project(&mut conn, 1);
        let due = given::sealed_project(&mut conn, 1);
        let opened = given::sealed_project(&mut conn, 1);
        for project in [&due, &opened] {
            given::close(&mut conn, project.id);
        }
        open_bids(&mut patient(&mut conn), opened.organisation.owner.id, opened.id, None).expect("an opening");
        let thread = given::thread(&mut conn, &open, 0, &["When?"]);
        let [waiting, running, ended] = jobs::in_three_states(&mut conn);
        let [week, log, sent] = weeks(&mut conn, assigned.proposals[0].0);
        let asker = open.organisation.owner.clone();
        let [asked, twin] = [crate::tickets::ticket(&mut conn, &asker), crate::tickets::ticket(&mut conn, &asker)];
        let names = vec![
            (":asked", asked.0),
            (":twin", twin.0),
            (":week", week),
            (":log", log),
            (":sent", sent),
            (":waiting", waiting.0),
            (":running", running.0),
            (":ended", ended.0),
            (":contract", contract),
            (":milestone", milestone),
            (":thread", thread.0),
            (":enquiry", enquiry.0),
            (":sealed", sealed.id.0),
            (":closed", sealed.proposals[0].0),
            (":due", due.id.0),
            (":opened", opened.id.0),
            (":read", opened.proposals[0].0),
            (":open", open.id.0),
            (":other", other.id.0),
            (":assigned", assigned.id.0),
            (":draft", draft.0),
            (":pending", open.proposals[0].0),
            (":second", open.proposals[1].0),
            (":foreign", other.proposals[0].0),
            (":accepted", assigned.proposals[0].0),
            (":rejected", assigned.proposals[1].0),
            (":spare", spare.id.0),
            (":client", open.organisation.id.0),
            (":owner", open.organisation.owner.id.0),
        ];
        Self { conn, names, _database: database }
    }

    /// Runs statements in a transaction of their own, commits it, and answers the name of the guard that refused.
    pub fn refused_by(&mut self, statements: &str) -> Option<String> {
        let statements = self.filled(statements);
        let done = self.conn.batch_execute(&format!("BEGIN; {statements}; COMMIT"));
        self.conn.batch_execute("ROLLBACK").expect("a rollback");
        guard(&statements, done)
    }

    /// The same, but never commits: what is checked at the commit only is not looked at.
    pub fn refused_at_once_by(&mut self, statements: &str) -> Option<String> {
        let statements = self.filled(statements);
        let done = self.conn.batch_execute(&format!("BEGIN; {statements}"));
        self.conn.batch_execute("ROLLBACK").expect("a rollback");
        guard(&statements, done)
    }

    fn filled(&self, statements: &str) -> String {
        self.names.iter().fold(statements.to_owned(), |text, (name, id)| text.replace(name, &id.to_string()))
    }
}

/// Of this proposal's contract: an open week, its one session, and a week that was sent.
fn weeks(conn: &mut PgConnection, proposal: i64) -> [i64; 3] {
    #[derive(QueryableByName)]
    struct Made {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    let mut made = |statement: String| diesel::sql_query(statement).get_result::<Made>(conn).expect("a row").id;
    let mut begin = |monday: &str| {
        let week = made(format!(
            "INSERT INTO timesheets (contract_id, freelancer_id, zone, week, starts_at, ends_at) SELECT id, freelancer_id, 'UTC', '{monday}', \
             timestamptz '{monday}', timestamptz '{monday}' + interval '7 days' FROM contracts WHERE proposal_id = {proposal} RETURNING id"
        ));
        let log = made(format!(
            "INSERT INTO work_logs (timesheet_id, contract_id, freelancer_id, created_at, updated_at, origin, started_at, ended_at) \
             SELECT id, contract_id, freelancer_id, now(), now(), 'ENTRY', '{monday} 09:00', '{monday} 10:00' FROM timesheets WHERE id = {week} \
             RETURNING id"
        ));
        (week, log)
    };
    let ((week, log), (sent, _)) = (begin("2026-01-05"), begin("2025-12-29"));
    let submit = "UPDATE timesheets SET state = 'SUBMITTED', minutes = 60, submitted_at = now(), version = 2 WHERE id =";
    made(format!("{submit} {sent} RETURNING id"));
    [week, log, sent]
}

fn guard(statements: &str, done: QueryResult<()>) -> Option<String> {
    match done {
        Ok(()) => None,
        Err(Error::DatabaseError(_, information)) => {
            let name = information.constraint_name().map(str::to_owned);
            Some(name.unwrap_or_else(|| panic!("{statements}: {}", information.message())))
        }
        Err(error) => panic!("{statements}: {error}"),
    }
}
