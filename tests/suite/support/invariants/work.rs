//! What may never be of time worked.

/// By name, and how it is found.
pub const NEVER: &[(&str, &str)] = &[
    (
        "overlapping sessions",
        "SELECT a.id || ' and ' || b.id AS found FROM work_logs a JOIN work_logs b ON b.freelancer_id = a.freelancer_id AND b.id > a.id
            AND b.started_at < coalesce(a.ended_at, 'infinity') AND a.started_at < coalesce(b.ended_at, 'infinity')
         WHERE a.deleted_at IS NULL AND b.deleted_at IS NULL",
    ),
    (
        "a session outside of its week, or of another contract's or freelancer's",
        "SELECT l.id::text AS found FROM work_logs l JOIN timesheets t ON t.id = l.timesheet_id JOIN contracts c ON c.id = l.contract_id
         WHERE l.deleted_at IS NULL AND (l.started_at < t.starts_at OR l.started_at >= t.ends_at OR l.ended_at > t.ends_at
            OR t.contract_id <> c.id OR c.freelancer_id <> l.freelancer_id)",
    ),
    (
        "a week that was sent with other minutes than were worked",
        "SELECT t.id::text AS found FROM timesheets t WHERE t.state IN ('SUBMITTED', 'APPROVED', 'INVOICED') AND t.minutes IS DISTINCT FROM
            (SELECT coalesce(sum(extract(epoch FROM upper(part) - lower(part)) / 60), 0)::integer FROM (SELECT unnest(range_agg(
                tstzrange(started_at, ended_at, '[)'))) AS part FROM work_logs WHERE timesheet_id = t.id AND deleted_at IS NULL) AS worked)",
    ),
    (
        "more worked in a week than its contract allows",
        "SELECT t.id::text AS found FROM timesheets t JOIN contracts c ON c.id = t.contract_id WHERE c.weekly_limit <
            (SELECT sum(extract(epoch FROM ended_at - started_at) / 60) FROM work_logs WHERE timesheet_id = t.id AND deleted_at IS NULL)",
    ),
    (
        "a week whose state is not what its contract's history says last",
        "SELECT t.id::text AS found FROM timesheets t WHERE t.state IN ('SUBMITTED', 'QUERIED', 'APPROVED') AND t.state IS DISTINCT FROM
            (SELECT to_state FROM events WHERE stream_kind = 'CONTRACT' AND stream_id = t.contract_id AND kind LIKE 'WEEK_%'
                AND facts ->> 'week' = to_char(t.week, 'IYYY-\"W\"IW') ORDER BY seq DESC LIMIT 1)",
    ),
];
