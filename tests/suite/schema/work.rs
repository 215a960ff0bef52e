//! What the schema must refuse of weeks and sessions, and by which name.

/// A week of the contract's, begun beside those that are there.
macro_rules! week {
    ($columns:literal, $values:literal) => {
        concat!(
            "INSERT INTO timesheets (contract_id, freelancer_id, zone, week, starts_at, ends_at",
            $columns,
            ") SELECT contract_id, freelancer_id, 'UTC', ",
            $values,
            " FROM timesheets WHERE id = :week"
        )
    };
}

/// A session in a week.
macro_rules! session {
    ($week:literal, $columns:literal, $values:literal) => {
        concat!(
            "INSERT INTO work_logs (timesheet_id, contract_id, freelancer_id, created_at, updated_at, origin, started_at, ended_at",
            $columns,
            ") SELECT id, contract_id, freelancer_id, now(), now(), 'ENTRY', ",
            $values,
            " FROM timesheets WHERE id = ",
            $week
        )
    };
}

/// Statements and the name of the guard that refuses them. `:week` is an open week of `:accepted`'s contract, from 5 January 2026,
/// with the session `:log` from 9 to 10 on its Monday; `:sent` is the week before it, submitted, with such a session.
pub const REFUSED: &[(&str, &str)] = &[
    ("timesheets_state", week!(", state", "'2026-02-02', '2026-02-02', '2026-02-09', 'LATE'")),
    ("timesheets_week_is_monday", week!("", "'2026-02-03', '2026-02-02', '2026-02-09'")),
    (
        "timesheets_zone_short",
        "INSERT INTO timesheets (contract_id, freelancer_id, zone, week, starts_at, ends_at) SELECT contract_id, freelancer_id, '', '2026-02-02', '2026-02-02', '2026-02-09' FROM timesheets WHERE id = :week",
    ),
    ("timesheets_minutes_not_negative", week!(", minutes", "'2026-02-02', '2026-02-02', '2026-02-09', -1")),
    ("timesheets_query_reason_short", week!(", query_reason", "'2026-02-02', '2026-02-02', '2026-02-09', ''")),
    ("timesheets_one_per_week", week!("", "'2026-01-05', '2026-02-02', '2026-02-09'")),
    ("timesheets_edges", week!("", "'2026-02-02', '2026-02-02', '2026-02-02'")),
    ("timesheets_edges", week!("", "'2026-02-02', '2026-02-02', '2026-02-16'")),
    ("timesheets_no_overlap", week!("", "'2026-02-02', '2026-01-06', '2026-01-13'")),
    ("timesheets_submitted_is_counted", "UPDATE timesheets SET state = 'SUBMITTED', minutes = 60, version = 2 WHERE id = :week"),
    ("timesheets_submitted_is_counted", week!(", minutes", "'2026-02-02', '2026-02-02', '2026-02-09', 1")),
    ("timesheets_decided_by_somebody", "UPDATE timesheets SET state = 'APPROVED', version = version + 1 WHERE id = :sent"),
    (
        "timesheets_decided_by_somebody",
        "UPDATE timesheets SET state = 'APPROVED', decided_by = :owner, version = version + 1 WHERE id = :sent",
    ),
    (
        "timesheets_query_says_why",
        "UPDATE timesheets SET state = 'QUERIED', decided_by = :owner, decided_at = now(), version = version + 1 WHERE id = :sent",
    ),
    (
        "timesheets_of_own_freelancer",
        "INSERT INTO timesheets (contract_id, freelancer_id, zone, week, starts_at, ends_at) SELECT contract_id, :spare, 'UTC', '2026-02-02', '2026-02-02', '2026-02-09' FROM timesheets WHERE id = :week",
    ),
    ("timesheets_stay", "UPDATE timesheets SET zone = 'Europe/Berlin' WHERE id = :week"),
    ("timesheets_stay", "UPDATE timesheets SET week = '2026-02-02' WHERE id = :week"),
    (
        "timesheets_legal_moves",
        "UPDATE timesheets SET state = 'APPROVED', decided_by = :owner, decided_at = now(), minutes = 60, submitted_at = now(), version = 2 WHERE id = :week",
    ),
    ("timesheets_legal_moves", week!(", state, minutes, submitted_at", "'2026-02-02', '2026-02-02', '2026-02-09', 'SUBMITTED', 0, now()")),
    ("timesheets_version_rises", "UPDATE timesheets SET state = 'APPROVED', decided_by = :owner, decided_at = now() WHERE id = :sent"),
    (
        "timesheets_minutes_are_worked",
        "UPDATE timesheets SET state = 'SUBMITTED', minutes = 61, submitted_at = now(), version = version + 1 WHERE id = :week",
    ),
    (
        "timesheets_minutes_are_worked",
        "UPDATE timesheets SET state = 'APPROVED', minutes = 61, decided_by = :owner, decided_at = now(), version = version + 1 WHERE id = :sent",
    ),
    // a timer runs in it
    (
        "timesheets_minutes_are_worked",
        concat!(
            session!(":week", "", "'2026-01-06 09:00', NULL"),
            "; UPDATE timesheets SET state = 'SUBMITTED', minutes = 60, submitted_at = now(), version = version + 1 WHERE id = :week"
        ),
    ),
    (
        "work_logs_origin",
        "INSERT INTO work_logs (timesheet_id, contract_id, freelancer_id, created_at, updated_at, started_at, ended_at, origin) SELECT id, contract_id, freelancer_id, now(), now(), '2026-01-06 09:00', '2026-01-06 10:00', 'DREAM' FROM timesheets WHERE id = :week",
    ),
    ("work_logs_note_short", session!(":week", ", note", "'2026-01-06 09:00', '2026-01-06 10:00', repeat('x', 301)")),
    // a session of no length, or of less
    ("work_logs_positive", session!(":week", "", "'2026-01-06 09:00', '2026-01-06 09:00'")),
    ("work_logs_positive", session!(":week", "", "'2026-01-06 09:00', '2026-01-06 08:00'")),
    ("work_logs_at_most_a_day", session!(":week", "", "'2026-01-06 09:00', '2026-01-07 09:01'")),
    ("work_logs_whole_minutes", session!(":week", "", "'2026-01-06 09:00:30', '2026-01-06 10:00'")),
    ("work_logs_whole_minutes", session!(":week", "", "'2026-01-06 09:00', '2026-01-06 10:00:30'")),
    ("work_logs_stopped_has_ended", session!(":week", ", stopped_by_house", "'2026-01-06 09:00', NULL, true")),
    (
        "work_logs_of_own_week",
        "INSERT INTO work_logs (timesheet_id, contract_id, freelancer_id, created_at, updated_at, started_at, ended_at, origin) SELECT id, contract_id, :spare, now(), now(), '2026-01-06 09:00', '2026-01-06 10:00', 'ENTRY' FROM timesheets WHERE id = :week",
    ),
    // no minute twice: in the middle, at both ends, behind one that runs, two that run; one moved, one restored
    ("work_logs_no_overlap", session!(":week", "", "'2026-01-05 09:20', '2026-01-05 09:40'")),
    ("work_logs_no_overlap", session!(":week", "", "'2026-01-05 08:00', '2026-01-05 09:01'")),
    ("work_logs_no_overlap", session!(":week", "", "'2026-01-05 09:59', '2026-01-05 11:00'")),
    ("work_logs_no_overlap", session!(":week", "", "'2026-01-05 08:00', NULL")),
    (
        "work_logs_no_overlap",
        concat!(session!(":week", "", "'2026-01-06 09:00', NULL"), "; ", session!(":week", "", "'2026-01-08 09:00', '2026-01-08 10:00'")),
    ),
    (
        "work_logs_no_overlap",
        concat!(session!(":week", "", "'2026-01-06 09:00', NULL"), "; ", session!(":week", "", "'2026-01-08 09:00', NULL")),
    ),
    (
        "work_logs_no_overlap",
        concat!(
            session!(":week", "", "'2026-01-05 10:00', '2026-01-05 11:00'"),
            "; UPDATE work_logs SET ended_at = '2026-01-05 10:01' WHERE id = :log"
        ),
    ),
    (
        "work_logs_no_overlap",
        concat!(
            "UPDATE work_logs SET deleted_at = now() WHERE id = :log; ",
            session!(":week", "", "'2026-01-05 09:00', '2026-01-05 11:00'"),
            "; UPDATE work_logs SET deleted_at = NULL WHERE id = :log"
        ),
    ),
    // what was sent stays as it is
    ("work_logs_only_in_open_weeks", session!(":sent", "", "'2025-12-30 09:00', '2025-12-30 10:00'")),
    ("work_logs_only_in_open_weeks", "UPDATE work_logs SET ended_at = '2025-12-29 11:00' WHERE timesheet_id = :sent"),
    ("work_logs_only_in_open_weeks", "UPDATE work_logs SET deleted_at = now() WHERE timesheet_id = :sent"),
    ("work_logs_only_in_open_weeks", "UPDATE work_logs SET note = 'Something else' WHERE timesheet_id = :sent"),
    (
        "work_logs_only_in_open_weeks",
        "UPDATE work_logs SET timesheet_id = :week, started_at = '2026-01-06 09:00', ended_at = '2026-01-06 10:00' WHERE timesheet_id = :sent",
    ),
    ("work_logs_in_own_week", session!(":week", "", "'2026-01-04 23:00', '2026-01-05 01:00'")),
    ("work_logs_in_own_week", session!(":week", "", "'2026-01-11 23:00', '2026-01-12 01:00'")),
    ("work_logs_in_own_week", session!(":week", "", "'2026-01-13 09:00', NULL")),
    (
        "work_logs_only_while_active",
        concat!(
            "UPDATE contracts SET status = 'TERMINATED', ended_by = 'BOTH' WHERE id = (SELECT contract_id FROM timesheets WHERE id = :week); ",
            session!(":week", "", "'2026-01-06 09:00', '2026-01-06 10:00'")
        ),
    ),
    ("work_logs_stay", "DELETE FROM work_logs WHERE id = :log"),
    ("work_logs_stay", "TRUNCATE work_logs"),
];
