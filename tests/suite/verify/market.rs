//! A small market in which something has happened, made by the operations themselves.
use chrono::{Duration, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::db::{Connection, Patience};
use guildhall::domain::ids::{ContractId, OrganisationId, ProjectId, ProposalId, UserId};
use guildhall::domain::project::{ProjectContent, ProjectTyped, Seen};
use guildhall::domain::proposal::{ProposalContent, ProposalTyped};
use guildhall::domain::user::TimeZoneName;
use guildhall::domain::words::{Email, OrganisationName, PersonName};
use guildhall::operations::people::{Purpose, SignUp, sign_up};
use guildhall::operations::projects::{draft_project, publish_project};
use guildhall::operations::proposals::{Submission, accept_proposal, submit_proposal, withdraw_proposal};
use guildhall::schema::memberships;

use crate::support::database::TestDatabase;

/// Who and what there is.
pub struct Market {
    pub database: TestDatabase,
    pub organisation: OrganisationId,
    /// Assigned: two proposals, one of them accepted.
    pub assigned: ProjectId,
    pub winner: ProposalId,
    pub loser: ProposalId,
    pub contract: ContractId,
    /// Open: one pending proposal, one withdrawn.
    pub open: ProjectId,
    pub pending: ProposalId,
}

impl Market {
    pub fn new() -> Self {
        let database = TestDatabase::new();
        let mut pg = database.connect();
        let mut conn = Connection::new(&mut pg, Patience::None);
        let nadia = person(&mut conn, "nadia@example.org", Purpose::Client(OrganisationName::parse("Harbour Foods").unwrap()));
        let ada = person(&mut conn, "ada@example.org", Purpose::Freelancer);
        let ivo = person(&mut conn, "ivo@example.org", Purpose::Freelancer);
        let organisation =
            memberships::table.filter(memberships::user_id.eq(nadia.0)).select(memberships::organisation_id).first(&mut *conn);
        let organisation = organisation.map(OrganisationId).unwrap();
        let [assigned, open] = ["Tills", "Scales"].map(|title| {
            let project = draft_project(&mut conn, nadia, organisation, &project(title), None).unwrap();
            publish_project(&mut conn, nadia, project, None).unwrap();
            project
        });
        let mut sent = |by, project| submit_proposal(&mut conn, by, &proposal(project)).unwrap().proposal;
        let (winner, loser) = (sent(ada, assigned), sent(ivo, assigned));
        let (pending, withdrawn) = (sent(ada, open), sent(ivo, open));
        withdraw_proposal(&mut conn, ivo, withdrawn).unwrap();
        let contract =
            accept_proposal(&mut conn, nadia, winner, Seen { version: 1, scope_version: None, unconfirmed: None }).unwrap().contract;
        Self { database, organisation, assigned, winner, loser, contract, open, pending }
    }

    /// Does something that the program could not do: past every trigger, foreign keys too.
    pub fn tamper(&self, statements: &str) {
        let statements = format!("SET session_replication_role = replica; {statements}");
        self.database.connect().batch_execute(&statements).unwrap_or_else(|error| panic!("{statements}: {error}"));
    }
}

fn person(conn: &mut Connection<'_>, email: &str, purpose: Purpose) -> UserId {
    let new = SignUp {
        email: Email::parse(email).unwrap(),
        name: PersonName::parse(email.split('@').next().unwrap()).unwrap(),
        password_hash: "none".to_owned(),
        time_zone: TimeZoneName::default(),
        purpose,
    };
    sign_up(conn, &new).unwrap().user
}

fn project(title: &str) -> ProjectContent {
    let typed = ProjectTyped {
        title,
        description: "What is to be done.",
        skills: "rust",
        kind: "FIXED",
        budget_min: "1000",
        budget_max: "2000",
        currency: "EUR",
        deadline: Some(Utc::now() + Duration::days(9)),
        sealed: false,
        questions: "",
    };
    ProjectContent::parse(&typed).unwrap()
}

fn proposal(project: ProjectId) -> Submission {
    let typed = ProposalTyped { amount: "1500", days: "5", cover_letter: "I can.", ..ProposalTyped::default() };
    Submission { project, content: ProposalContent::parse(&typed, &[]).unwrap(), version: None, scope_version: None, files: None }
}
