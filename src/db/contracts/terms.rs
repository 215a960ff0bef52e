//! The versions of a contract's terms.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Jsonb, Nullable, Text, Timestamptz};

use crate::db::failure::count;
use crate::db::prepared::statement;
use crate::db::{Fault, Locked, Tx};
use crate::domain::contract::{Contract, Party, Plan, Terms, TermsAnswer, TermsContent};
use crate::domain::ids::{ContractId, UserId};
use crate::schema::contract_terms;

/// One version. Whether the reader may know of it is the caller's to ask.
pub fn terms(conn: &mut PgConnection, contract: ContractId, number: i32) -> QueryResult<Option<Terms>> {
    contract_terms::table.find((contract.0, number)).select(Terms::as_select()).first(conn).optional()
}

/// All versions, oldest first; none where no others than the accepted ones were ever proposed.
pub fn every_version(conn: &mut PgConnection, contract: ContractId) -> QueryResult<Vec<Terms>> {
    let all = contract_terms::table.filter(contract_terms::contract_id.eq(contract.0));
    all.order(contract_terms::number).limit(100).select(Terms::as_select()).load(conn)
}

/// The version that waits for an answer.
pub fn waiting(conn: &mut PgConnection, contract: ContractId) -> QueryResult<Option<i32>> {
    let all = contract_terms::table.filter(contract_terms::contract_id.eq(contract.0));
    all.filter(contract_terms::answer.is_null()).select(contract_terms::number).first(conn).optional()
}

/// Writes a version that waits for the other side, and before the first one those that were accepted. Answers its number.
pub fn write_proposed(tx: &mut Tx<'_>, contract: &Locked<Contract>, by: &Party, content: &TermsContent, amount: i64) -> Result<i32, Fault> {
    statement(
        "INSERT INTO contract_terms (contract_id, number, side, proposed_by, proposed_at, amount, days, weekly_limit, ends_on, words, milestones, \
             answer, answered_by, answered_at) \
         SELECT c.id, 1, 'FREELANCER', c.freelancer_id, c.accepted_at, c.amount, c.days, c.weekly_limit, c.ends_on, c.terms_words, \
             (SELECT coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'title', m.title, 'amount', m.amount, 'due_on', m.due_on) ORDER BY m.place), '[]') \
                 FROM milestones m WHERE m.contract_id = c.id), 'CONFIRMED', c.accepted_by, c.accepted_at \
         FROM contracts c WHERE c.id = $1 ON CONFLICT DO NOTHING",
    )
    .bind::<BigInt, _>(contract.id)
    .execute(&mut **tx)?;
    #[derive(QueryableByName)]
    struct Numbered {
        #[diesel(sql_type = Integer)]
        number: i32,
    }
    let row: Numbered = statement(
        "INSERT INTO contract_terms (contract_id, number, side, proposed_by, proposed_at, amount, days, weekly_limit, ends_on, words, milestones) \
         SELECT $1, max(number) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10 FROM contract_terms WHERE contract_id = $1 RETURNING number",
    )
    .bind::<BigInt, _>(contract.id)
    .bind::<Text, _>(by.side)
    .bind::<BigInt, _>(by.user)
    .bind::<Timestamptz, _>(contract.at)
    .bind::<BigInt, _>(amount)
    .bind::<Integer, _>(content.days)
    .bind::<Nullable<Integer>, _>(content.weekly_limit)
    .bind::<Nullable<diesel::sql_types::Date>, _>(content.ends_on)
    .bind::<Text, _>(content.words.as_str())
    .bind::<Jsonb, _>(content.plan_json())
    .get_result(&mut **tx)?;
    touch(tx, contract)?;
    Ok(row.number)
}

/// Writes the answer to the version that waits; where it is confirmed, it comes into force.
pub fn write_answered(tx: &mut Tx<'_>, contract: &Locked<Contract>, by: &Party, terms: &Terms, answer: TermsAnswer) -> Result<(), Fault> {
    let waits = contract_terms::table.find((contract.id.0, terms.number)).filter(contract_terms::answer.is_null());
    let wrote = diesel::update(waits)
        .set((
            contract_terms::answer.eq(Some(answer)),
            contract_terms::answered_by.eq(Some(by.user.0)),
            contract_terms::answered_at.eq(Some(contract.at)),
        ))
        .execute(&mut **tx)?;
    count("terms answered", 1, wrote)?;
    if answer != TermsAnswer::Confirmed {
        return touch(tx, contract);
    }
    let moved = statement(
        "UPDATE contracts c SET amount = t.amount, days = t.days, weekly_limit = t.weekly_limit, ends_on = t.ends_on, terms_words = t.words, \
             terms_number = t.number, updated_at = $3 \
         FROM contract_terms t WHERE c.id = $1 AND c.terms_number = $4 AND t.contract_id = c.id AND t.number = $2",
    )
    .bind::<BigInt, _>(contract.id)
    .bind::<Integer, _>(terms.number)
    .bind::<Timestamptz, _>(contract.at)
    .bind::<Integer, _>(contract.terms_number)
    .execute(&mut **tx)?;
    count("terms in force", 1, moved)
}

/// Plans the milestones as they were confirmed: those that are left out are cancelled, those that are named get their
/// words, price and day, new ones come last. What was delivered stays as it is.
pub fn write_plan(tx: &mut Tx<'_>, contract: &Locked<Contract>, plan: &Plan) -> Result<(), Fault> {
    let kept: Vec<_> = plan.iter().filter_map(|part| part.id).collect();
    statement("UPDATE milestones SET status = 'CANCELLED', moved_at = $3 WHERE contract_id = $1 AND status = 'PLANNED' AND id <> ALL($2)")
        .bind::<BigInt, _>(contract.id)
        .bind::<diesel::sql_types::Array<BigInt>, _>(&kept)
        .bind::<Timestamptz, _>(contract.at)
        .execute(&mut **tx)?;
    let part = "ROWS FROM (jsonb_to_recordset($2) AS (id bigint, title text, amount bigint, due_on date)) WITH ORDINALITY \
        AS part (id, title, amount, due_on, nth)";
    let json = serde_json::to_value(plan).unwrap_or_default();
    let wrote = statement(format!(
        "UPDATE milestones m SET title = part.title, amount = part.amount, due_on = part.due_on, version = m.version + 1 \
         FROM {part} WHERE m.id = part.id AND m.contract_id = $1 AND m.status = 'PLANNED'"
    ))
    .bind::<BigInt, _>(contract.id)
    .bind::<Jsonb, _>(&json)
    .execute(&mut **tx)?;
    count("milestones planned again", kept.len(), wrote)?;
    let made = statement(format!(
        "INSERT INTO milestones (contract_id, place, title, amount, due_on, moved_at) \
         SELECT $1, (SELECT coalesce(max(place), 0) FROM milestones WHERE contract_id = $1) + row_number() OVER (ORDER BY nth), title, amount, due_on, $3 \
         FROM {part} WHERE part.id IS NULL"
    ))
    .bind::<BigInt, _>(contract.id)
    .bind::<Jsonb, _>(&json)
    .bind::<Timestamptz, _>(contract.at)
    .execute(&mut **tx)?;
    count("milestones planned", plan.len() - kept.len(), made)
}

/// Takes back whatever version waits, because the contract ends.
pub fn write_taken_back(tx: &mut Tx<'_>, contract: &Locked<Contract>, by: UserId) -> QueryResult<usize> {
    let waits = contract_terms::table.filter(contract_terms::contract_id.eq(contract.id.0)).filter(contract_terms::answer.is_null());
    diesel::update(waits)
        .set((
            contract_terms::answer.eq(Some(TermsAnswer::Withdrawn)),
            contract_terms::answered_by.eq(Some(by.0)),
            contract_terms::answered_at.eq(Some(contract.at)),
        ))
        .execute(&mut **tx)
}

fn touch(tx: &mut Tx<'_>, contract: &Locked<Contract>) -> Result<(), Fault> {
    let query = statement("UPDATE contracts SET updated_at = $2 WHERE id = $1");
    count("contracts touched", 1, query.bind::<BigInt, _>(contract.id).bind::<Timestamptz, _>(contract.at).execute(&mut **tx)?)
}
