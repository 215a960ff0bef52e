//! What may never be found of background jobs.

/// What, and a query for where.
pub const NEVER: &[(&str, &str)] = &[
    (
        "a job with two ends",
        "SELECT job_id::text AS found FROM job_events WHERE kind IN ('COMPLETED', 'FAILED', 'CANCELLED') GROUP BY job_id HAVING count(*) > 1",
    ),
    (
        "a job that ended otherwise than was reported",
        "SELECT j.id::text AS found FROM jobs j LEFT JOIN job_events e ON e.job_id = j.id AND e.kind IN ('COMPLETED', 'FAILED', 'CANCELLED')
         WHERE (j.status IN ('COMPLETED', 'FAILED', 'CANCELLED') OR e.id IS NOT NULL) AND j.status IS DISTINCT FROM e.kind",
    ),
    (
        "something after a job's end",
        "SELECT DISTINCT e.job_id::text AS found FROM job_events e JOIN job_events f ON f.job_id = e.job_id AND f.version > e.version
         WHERE e.kind IN ('COMPLETED', 'FAILED', 'CANCELLED') AND f.kind <> 'CONFLICT'",
    ),
    (
        "a job claimed while it was claimed",
        "SELECT DISTINCT job_id::text AS found FROM (SELECT job_id, kind, lag(kind) OVER (PARTITION BY job_id ORDER BY version, id) AS before
            FROM job_events WHERE kind NOT IN ('CONFLICT', 'PROGRESS', 'STOP_ASKED')) e WHERE kind = 'CLAIMED' AND before = 'CLAIMED'",
    ),
    (
        "two reports of one version of a job, or one left out",
        "SELECT j.id::text AS found FROM jobs j WHERE j.version - 1 <> (SELECT count(*) FROM job_events WHERE job_id = j.id AND kind <> 'CONFLICT')",
    ),
    (
        "progress that went back",
        "SELECT j.id::text AS found FROM jobs j WHERE j.status = 'RUNNING' AND j.progress < (SELECT max(e.progress) FROM job_events e
            WHERE e.job_id = j.id AND e.kind = 'PROGRESS' AND e.attempt = j.attempts
            AND e.version > (SELECT max(version) FROM job_events WHERE job_id = j.id AND kind = 'CLAIMED'))",
    ),
    ("two jobs under one key", "SELECT min(id)::text AS found FROM jobs GROUP BY unique_key HAVING count(*) > 1"),
    ("a job done again twice", "SELECT min(id)::text AS found FROM jobs WHERE retry_of IS NOT NULL GROUP BY retry_of HAVING count(*) > 1"),
];
