//! What contracts ask of a person: deliveries to judge, terms to answer, work to deliver, projects to open again.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text, Timestamptz};

use crate::db::prepared::statement;
use crate::domain::ids::{ContractId, UserId};
use crate::domain::money::Money;

/// One thing that a contract waits for.
#[derive(Debug, Clone, QueryableByName)]
pub struct Awaited {
    /// The contract.
    #[diesel(sql_type = BigInt)]
    pub contract: ContractId,
    /// What is to be done: `JUDGE`, `ANSWER`, `CHANGE`, `DELIVER` or `REOPEN`.
    #[diesel(sql_type = Text)]
    pub what: String,
    /// The milestone, or the project that can be opened.
    #[diesel(sql_type = BigInt)]
    pub about: i64,
    /// The milestone's title, or the project's.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// The client.
    #[diesel(sql_type = Text)]
    pub organisation: String,
    /// How much it is about, in minor units; none where it is not about money.
    #[diesel(sql_type = Nullable<BigInt>)]
    amount: Option<i64>,
    #[diesel(sql_type = Text)]
    currency: String,
    /// Until when it is due, where a day was agreed on.
    #[diesel(sql_type = Nullable<Date>)]
    pub due_on: Option<NaiveDate>,
    /// Since when it waits.
    #[diesel(sql_type = Timestamptz)]
    pub since: DateTime<Utc>,
}

impl Awaited {
    /// How much it is about.
    pub fn money(&self) -> String {
        self.amount.map_or_else(String::new, |minor| Money { minor, currency: &self.currency }.to_string())
    }
}

/// What the contracts of a person, and of the clients for which they decide, wait for them to do; what is due first comes
/// first, at most thirty of them.
pub fn awaited(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Awaited>> {
    let query = "WITH mine AS (SELECT c.id, c.project_id, c.status, c.currency, c.organisation_id, 'FREELANCER' AS side, c.updated_at FROM contracts c \
                WHERE c.freelancer_id = $1 \
            UNION ALL SELECT c.id, c.project_id, c.status, c.currency, c.organisation_id, 'CLIENT', c.updated_at FROM memberships m \
                JOIN contracts c ON c.organisation_id = m.organisation_id WHERE m.user_id = $1 AND m.role IN ('OWNER', 'MANAGER')), \
            due AS (SELECT mine.*, CASE m.status WHEN 'SUBMITTED' THEN 'JUDGE' WHEN 'CHANGES_REQUESTED' THEN 'CHANGE' ELSE 'DELIVER' END AS what, \
                    m.id AS about, m.title, m.amount, m.due_on, m.moved_at AS since \
                FROM mine JOIN milestones m ON m.contract_id = mine.id WHERE mine.side = 'CLIENT' AND m.status = 'SUBMITTED' \
                    OR mine.side = 'FREELANCER' AND mine.status = 'ACTIVE' AND (m.status = 'CHANGES_REQUESTED' \
                        OR m.status = 'PLANNED' AND m.due_on <= current_date + 7) \
                UNION ALL SELECT mine.*, 'ANSWER', t.number, p.title, NULL, NULL, t.proposed_at FROM mine \
                    JOIN contract_terms t ON t.contract_id = mine.id AND t.answer IS NULL AND t.side <> mine.side JOIN projects p ON p.id = mine.project_id \
                    WHERE mine.status IN ('ACTIVE', 'PAUSED') \
                UNION ALL SELECT mine.*, 'REOPEN', p.id, p.title, NULL, NULL, mine.updated_at FROM mine JOIN projects p ON p.id = mine.project_id \
                    WHERE mine.side = 'CLIENT' AND mine.status = 'TERMINATED' AND p.status = 'ASSIGNED') \
         SELECT due.id AS contract, due.what, due.about, due.title, o.name AS organisation, due.amount, due.currency, due.due_on, due.since \
         FROM due JOIN organisations o ON o.id = due.organisation_id ORDER BY due.due_on NULLS LAST, due.since LIMIT 30";
    statement(query).bind::<BigInt, _>(user).load(conn)
}
