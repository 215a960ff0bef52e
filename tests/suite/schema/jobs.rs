//! What the schema refuses of background jobs. `:waiting`, `:running` and `:ended` are jobs in these states.

/// What must be refused, by which name.
pub const REFUSED: &[(&str, &str)] = &[
    (
        "jobs_queue",
        "INSERT INTO jobs (queue, kind, arguments, unique_key, priority, run_at, most_attempts) VALUES ('BANK', 'A', '{}', 'k', 1, now(), 5)",
    ),
    (
        "jobs_kind_short",
        "INSERT INTO jobs (queue, kind, arguments, unique_key, priority, run_at, most_attempts) VALUES ('HOUSE', '', '{}', 'k', 1, now(), 5)",
    ),
    (
        "jobs_arguments_object",
        "INSERT INTO jobs (queue, kind, arguments, unique_key, priority, run_at, most_attempts) VALUES ('HOUSE', 'A', '[]', 'k', 1, now(), 5)",
    ),
    (
        "jobs_key_short",
        "INSERT INTO jobs (queue, kind, arguments, unique_key, priority, run_at, most_attempts) VALUES ('HOUSE', 'A', '{}', repeat('k', 201), 1, now(), 5)",
    ),
    (
        "jobs_one_per_key",
        "INSERT INTO jobs (queue, kind, arguments, unique_key, priority, run_at, most_attempts) SELECT 'HOUSE', 'A', '{}', 'k', 1, now(), 5 FROM generate_series(1, 2)",
    ),
    (
        "jobs_one_retry",
        "INSERT INTO jobs (queue, kind, arguments, unique_key, priority, run_at, most_attempts, retry_of) SELECT 'HOUSE', 'A', '{}', 'k' || n, 1, now(), 5, :ended FROM generate_series(1, 2) n",
    ),
    ("jobs_priority", "UPDATE jobs SET priority = 10, version = version + 1 WHERE id = :waiting"),
    (
        "jobs_status",
        "INSERT INTO jobs (queue, kind, arguments, unique_key, priority, run_at, most_attempts, status) VALUES ('HOUSE', 'A', '{}', 'k', 1, now(), 5, 'LOST')",
    ),
    ("jobs_worker_short", "UPDATE jobs SET worker = repeat('x', 101), version = version + 1 WHERE id = :running"),
    ("jobs_progress", "UPDATE jobs SET progress = 101, version = version + 1 WHERE id = :running"),
    ("jobs_step_short", "UPDATE jobs SET step = repeat('x', 201), version = version + 1 WHERE id = :running"),
    ("jobs_error_short", "UPDATE jobs SET error = '', version = version + 1 WHERE id = :running"),
    ("jobs_attempts", "UPDATE jobs SET attempts = 6, version = version + 1 WHERE id = :running"),
    ("jobs_attempts", "UPDATE jobs SET attempts = -1, version = version + 1 WHERE id = :waiting"),
    // running without a claim, claimed without running
    ("jobs_running_is_claimed", "UPDATE jobs SET status = 'RUNNING', attempts = 1, version = version + 1 WHERE id = :waiting"),
    ("jobs_running_is_claimed", "UPDATE jobs SET lock_token = gen_random_uuid(), version = version + 1 WHERE id = :waiting"),
    ("jobs_running_is_claimed", "UPDATE jobs SET status = 'QUEUED', version = version + 1 WHERE id = :running"),
    ("jobs_ended_is_final", "UPDATE jobs SET ended_at = now(), version = version + 1 WHERE id = :waiting"),
    ("jobs_ended_is_final", "UPDATE jobs SET status = 'CANCELLED', version = version + 1 WHERE id = :waiting"),
    ("jobs_result_of_completed", "UPDATE jobs SET result = '1', version = version + 1 WHERE id = :running"),
    (
        "jobs_result_of_completed",
        "UPDATE jobs SET status = 'COMPLETED', progress = 100, ended_at = now(), lock_token = NULL, worker = NULL, heartbeat_at = NULL, leased_until = NULL, version = version + 1 WHERE id = :running",
    ),
    (
        "jobs_completed_is_whole",
        "UPDATE jobs SET status = 'COMPLETED', result = '1', ended_at = now(), lock_token = NULL, worker = NULL, heartbeat_at = NULL, leased_until = NULL, version = version + 1 WHERE id = :running",
    ),
    (
        "jobs_failed_says_why",
        "UPDATE jobs SET status = 'FAILED', ended_at = now(), lock_token = NULL, worker = NULL, heartbeat_at = NULL, leased_until = NULL, version = version + 1 WHERE id = :running",
    ),
    ("jobs_stop_asked_of_running", "UPDATE jobs SET stop_asked_at = now(), version = version + 1 WHERE id = :waiting"),
    // a final state is final, whatever is tried
    ("jobs_final_is_final", "UPDATE jobs SET status = 'QUEUED', ended_at = NULL, result = NULL, version = version + 1 WHERE id = :ended"),
    ("jobs_final_is_final", "UPDATE jobs SET result = '2', version = version + 1 WHERE id = :ended"),
    ("jobs_final_is_final", "UPDATE jobs SET version = version + 1 WHERE id = :ended"),
    ("jobs_final_is_final", "UPDATE jobs SET leased_until = now() WHERE id = :ended"),
    ("jobs_legal_moves", "UPDATE jobs SET status = 'COMPLETED', version = version + 1 WHERE id = :waiting"),
    ("jobs_one_claim_at_a_time", "UPDATE jobs SET lock_token = gen_random_uuid(), version = version + 1 WHERE id = :running"),
    ("jobs_progress_rises", "UPDATE jobs SET progress = 9, version = version + 1 WHERE id = :running"),
    ("jobs_version_rises", "UPDATE jobs SET progress = 50 WHERE id = :running"),
    ("jobs_version_rises", "UPDATE jobs SET version = version + 2 WHERE id = :running"),
    ("jobs_version_rises", "UPDATE jobs SET version = version - 1 WHERE id = :running"),
    ("jobs_stay_what_was_asked", "UPDATE jobs SET arguments = '{\"a\": 1}', version = version + 1 WHERE id = :waiting"),
    ("jobs_stay_what_was_asked", "UPDATE jobs SET organisation_id = :client, version = version + 1 WHERE id = :waiting"),
    ("job_events_kind", "INSERT INTO job_events (job_id, kind, attempt, version) VALUES (:running, 'LAZY', 1, 99)"),
    ("job_events_attempt", "INSERT INTO job_events (job_id, kind, attempt, version) VALUES (:running, 'CLAIMED', -1, 99)"),
    ("job_events_progress", "INSERT INTO job_events (job_id, kind, attempt, version, progress) VALUES (:running, 'PROGRESS', 1, 99, 101)"),
    (
        "job_events_step_short",
        "INSERT INTO job_events (job_id, kind, attempt, version, step) VALUES (:running, 'PROGRESS', 1, 99, repeat('x', 201))",
    ),
    ("job_events_error_short", "INSERT INTO job_events (job_id, kind, attempt, version, error) VALUES (:running, 'FAILED', 1, 99, '')"),
    ("job_events_worker_short", "INSERT INTO job_events (job_id, kind, attempt, version, worker) VALUES (:running, 'CLAIMED', 1, 99, '')"),
    ("job_events_conflict_found", "INSERT INTO job_events (job_id, kind, attempt, version) VALUES (:running, 'CONFLICT', 1, 99)"),
    ("job_events_conflict_found", "INSERT INTO job_events (job_id, kind, attempt, version, found) VALUES (:running, 'LOST', 1, 99, 100)"),
    (
        "job_events_one_per_version",
        "INSERT INTO job_events (job_id, kind, attempt, version) SELECT :running, 'PROGRESS', 1, 99 FROM generate_series(1, 2)",
    ),
    ("job_events_stay", "UPDATE job_events SET attempt = 2 WHERE job_id = :running"),
];
