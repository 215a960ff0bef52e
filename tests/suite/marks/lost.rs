//! What somebody was told is saved, and is not there.
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Text};
use guildhall::domain::ids::ProposalId;
use guildhall::domain::proposal::MarkKind;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    stands: bool,
    #[diesel(sql_type = Text)]
    words: String,
    #[diesel(sql_type = Integer)]
    version: i32,
}

/// What was acknowledged about one proposal.
#[derive(Debug, Clone, Default)]
pub struct Acknowledged {
    /// Marks that were set, and not taken off by anybody.
    pub marks: Vec<MarkKind>,
    /// Notes that were saved, by writers who had read the one before and kept it.
    pub lines: Vec<String>,
}

/// All that was acknowledged and is lost, asked in SQL that the product does not contain.
pub fn lost(conn: &mut PgConnection, proposal: ProposalId, told: &Acknowledged) -> Vec<String> {
    let query = "SELECT kind, stands, words, version FROM proposal_marks WHERE proposal_id = $1 ORDER BY kind";
    let rows: Vec<Row> = diesel::sql_query(query).bind::<BigInt, _>(proposal).load(conn).expect("the marks");
    let row = |kind: &str| rows.iter().find(|row| row.kind == kind);
    let mut lost: Vec<String> = Vec::new();
    for kind in told.marks.iter().filter(|kind| !row(kind.as_str()).is_some_and(|row| row.stands)) {
        lost.push(format!("a mark is lost: {kind}"));
    }
    let (words, version) = row("NOTED").map_or(("", 0), |row| (row.words.as_str(), row.version));
    for line in told.lines.iter().filter(|line| !words.contains(line.as_str())) {
        lost.push(format!("a note is lost: {line}"));
    }
    if usize::try_from(version) != Ok(told.lines.len()) {
        lost.push(format!("{} notes were saved, the last one is version {version}", told.lines.len()));
    }
    lost
}
