//! Whether every guard that the migrations put up still stands. What to look for is read from the migrations
//! themselves, so that a new guard cannot be forgotten here.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use super::Report;

/// The text of all migrations, in order.
const MIGRATIONS: &str = include_str!(concat!(env!("OUT_DIR"), "/migrations.sql"));

/// What the migrations name.
#[derive(Debug, Default)]
struct Named {
    /// Constraints, by name.
    constraints: Vec<String>,
    /// Triggers.
    triggers: Vec<String>,
    /// Unique indexes.
    indexes: Vec<String>,
    /// Indexes that only make it fast.
    plain_indexes: Vec<String>,
    /// Extensions that the schema needs.
    extensions: Vec<String>,
    /// Functions with the text between their `$$`, as the catalogue keeps it.
    functions: BTreeMap<String, String>,
}

/// Something in the catalogue, and whether it does its work.
#[derive(QueryableByName)]
struct Standing {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Bool)]
    works: bool,
}

#[derive(QueryableByName)]
struct Function {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    body: String,
}

/// A domain's rule works only where a column is of that domain.
const CONSTRAINTS: &str = "SELECT conname::text AS name, convalidated AND (contypid = 0 \
        OR EXISTS (SELECT FROM pg_attribute WHERE atttypid = contypid AND attrelid <> 0 AND NOT attisdropped)) AS works \
    FROM pg_constraint WHERE connamespace = current_schema()::regnamespace";
/// The server's own triggers, by which foreign keys work, are looked at too.
const TRIGGERS: &str = "SELECT CASE WHEN tgisinternal THEN 'foreign key of ' || relname ELSE tgname::text END AS name, \
        bool_and(tgenabled IN ('O', 'A')) AS works \
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE relnamespace = current_schema()::regnamespace GROUP BY 1";
const INDEXES: &str = "SELECT relname::text AS name, indisvalid AND indisready AND indisunique AS works \
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = current_schema()::regnamespace AND indisunique";
const SUPPORTS: &str = "SELECT 'index ' || relname AS name, indisvalid AND indisready AS works \
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = current_schema()::regnamespace \
    UNION ALL SELECT 'extension ' || extname, true FROM pg_extension";
const FUNCTIONS: &str = "SELECT proname::text AS name, prosrc AS body FROM pg_proc WHERE pronamespace = current_schema()::regnamespace";

/// Looks at the guards alone.
///
/// # Errors
/// If the catalogue cannot be read.
pub fn guards(conn: &mut PgConnection) -> QueryResult<Report> {
    let mut report = Report::default();
    check(conn, &mut report)?;
    Ok(report)
}

/// What the schema needs besides: indexes that make it fast, and extensions. Answers how many there must be, and those that
/// are missing or not valid.
///
/// # Errors
/// If the catalogue cannot be read.
pub fn supports(conn: &mut PgConnection) -> QueryResult<(usize, Vec<String>)> {
    let named = Named::read(MIGRATIONS);
    let wanted: Vec<String> = [("index", named.plain_indexes), ("extension", named.extensions)]
        .into_iter()
        .flat_map(|(sort, names)| names.into_iter().map(move |name| format!("{sort} {name}")))
        .collect();
    let found: Vec<Standing> = diesel::sql_query(SUPPORTS).load(conn)?;
    let is_there = |name: &String| found.iter().any(|standing| standing.works && standing.name == *name);
    let missing = wanted.iter().filter(|name| !is_there(name)).cloned().collect();
    Ok((wanted.len(), missing))
}

/// Compares the catalogue with the migrations.
pub fn check(conn: &mut PgConnection, report: &mut Report) -> QueryResult<()> {
    let named = Named::read(MIGRATIONS);
    compare(conn, report, ("constraint", "judges nothing, or not all", CONSTRAINTS), &named.constraints)?;
    compare(conn, report, ("trigger", "is switched off", TRIGGERS), &named.triggers)?;
    compare(conn, report, ("index", "is not valid", INDEXES), &named.indexes)?;
    let found: Vec<Function> = diesel::sql_query(FUNCTIONS).load(conn)?;
    for (name, body) in &named.functions {
        report.checked.guards += 1;
        match found.iter().find(|function| function.name == *name) {
            None => report.fault("guard", format!("function {name}"), "is gone"),
            Some(function) if function.body != *body => report.fault("guard", format!("function {name}"), "does something else"),
            Some(_) => {}
        }
    }
    let role: Standing =
        diesel::sql_query("SELECT setting AS name, setting = 'origin' AS works FROM pg_settings WHERE name = 'session_replication_role'")
            .get_result(conn)?;
    if !role.works {
        report.fault("guard", "setting session_replication_role", format!("is {}: no trigger works", role.name));
    }
    Ok(())
}

fn compare(conn: &mut PgConnection, report: &mut Report, (sort, idle, query): (&str, &str, &str), named: &[String]) -> QueryResult<()> {
    let found: Vec<Standing> = diesel::sql_query(query).load(conn)?;
    for name in named {
        report.checked.guards += 1;
        if !found.iter().any(|standing| standing.name == *name) {
            report.fault("guard", format!("{sort} {name}"), "is gone");
        }
    }
    for standing in found.iter().filter(|standing| !standing.works) {
        report.fault("guard", format!("{sort} {}", standing.name), idle);
    }
    Ok(())
}

impl Named {
    /// Reads the names from the migrations' text: enough of SQL for how ours are written.
    fn read(sql: &str) -> Self {
        let mut named = Self::default();
        // Parts in turn outside and inside of `$$`.
        let mut function = None;
        for (place, part) in sql.split("$$").enumerate() {
            if place % 2 == 0 {
                function = named.statements(part);
            } else if let Some(name) = function.take() {
                named.functions.insert(name, part.to_owned());
            }
        }
        named
    }

    /// Notes what some statements make and drop; answers the function that stands open at their end.
    fn statements(&mut self, sql: &str) -> Option<String> {
        let said = sql.lines().filter_map(|line| line.split("--").next());
        let words: Vec<&str> =
            said.flat_map(|line| line.split(|c: char| c.is_whitespace() || "();,".contains(c))).filter(|word| !word.is_empty()).collect();
        let mut function = None;
        for (place, word) in words.iter().enumerate() {
            let before = place.checked_sub(1).and_then(|place| words.get(place)).copied().unwrap_or_default();
            let name = words.get(place + 1).copied().unwrap_or_default().to_owned();
            let drops = before == "DROP";
            match *word {
                "CONSTRAINT" if name != "TRIGGER" => note(&mut self.constraints, name, drops),
                "TRIGGER" => note(&mut self.triggers, name, drops),
                "INDEX" if drops => {
                    note(&mut self.indexes, name.clone(), true);
                    note(&mut self.plain_indexes, name, true);
                }
                "INDEX" if before == "UNIQUE" => note(&mut self.indexes, name, false),
                "INDEX" if before == "CREATE" => note(&mut self.plain_indexes, name, false),
                "EXTENSION" => note(&mut self.extensions, behind_condition(&words, place), drops),
                "FUNCTION" if drops => drop(self.functions.remove(&name)),
                "FUNCTION" if before != "EXECUTE" => function = Some(name),
                _ => {}
            }
        }
        function
    }
}

/// The name behind `EXTENSION` and perhaps `IF [NOT] EXISTS`.
fn behind_condition(words: &[&str], place: usize) -> String {
    let rest = words.iter().skip(place + 1);
    rest.copied().find(|word| !["IF", "NOT", "EXISTS"].contains(word)).unwrap_or_default().to_owned()
}

fn note(names: &mut Vec<String>, name: String, drops: bool) {
    names.retain(|known| *known != name);
    if !drops {
        names.push(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_the_migrations() {
        let named = Named::read(MIGRATIONS);
        for name in ["projects_winner_iff_assigned", "projects_accepted_is_own_proposal", "proposals_one_per_freelancer"] {
            assert!(named.constraints.iter().any(|known| known == name), "{name}");
        }
        for name in ["events_stay", "proposals_whole_award_update"] {
            assert!(named.triggers.iter().any(|known| known == name), "{name}");
        }
        assert!(named.indexes.iter().any(|known| known == "proposals_one_accepted_per_project"));
        assert!(named.plain_indexes.iter().any(|known| known == "contracts_project"));
        assert!(named.functions.get("check_award").is_some_and(|body| body.contains("project.accepted")));
    }

    #[test]
    fn what_a_later_migration_drops_is_not_missed() {
        let named = Named::read("CREATE TABLE a (b int CONSTRAINT c CHECK (b > 0)); -- CONSTRAINT no\nALTER TABLE a DROP CONSTRAINT c;");
        assert!(named.constraints.is_empty(), "{named:?}");
    }
}
