//! What the schema refuses of runs that are kept.

/// What must be refused, by which name.
pub const REFUSED: &[(&str, &str)] = &[
    ("race_runs_wrong_counts", "INSERT INTO race_runs (wrong, result) VALUES (-1, '{}')"),
    ("race_runs_result_named", "INSERT INTO race_runs (wrong, result) VALUES (0, '[]')"),
];
