//! What must hold of background jobs and what was reported of them.

use super::rules::Rule;

/// The rules.
pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "job_ends_once",
        about: "job",
        broken: "SELECT job_id, 'has ' || count(*) || ' ends' FROM job_events WHERE kind IN ('COMPLETED', 'FAILED', 'CANCELLED') \
                 GROUP BY job_id HAVING count(*) > 1",
    },
    Rule {
        name: "job_ends_as_reported",
        about: "job",
        broken: "SELECT j.id, 'is ' || j.status || ', its last report is ' || coalesce(e.kind, 'none') FROM jobs j \
                 LEFT JOIN LATERAL (SELECT kind FROM job_events WHERE job_id = j.id AND kind <> 'CONFLICT' ORDER BY version DESC LIMIT 1) e ON true \
                 WHERE CASE j.status WHEN 'QUEUED' THEN coalesce(e.kind, 'LOST') NOT IN ('LOST', 'PUT_BACK', 'GIVEN_BACK') \
                     WHEN 'RUNNING' THEN e.kind IS NULL OR e.kind NOT IN ('CLAIMED', 'PROGRESS', 'STOP_ASKED') ELSE e.kind IS DISTINCT FROM j.status END",
    },
    Rule {
        name: "job_reports_are_whole",
        about: "job",
        broken: "SELECT j.id, 'has version ' || j.version || ' after ' || count(e.id) || ' reports' FROM jobs j \
                 LEFT JOIN job_events e ON e.job_id = j.id AND e.kind <> 'CONFLICT' GROUP BY j.id HAVING j.version <> count(e.id) + 1",
    },
];
