//! What the schema refuses of letters and of the links that they carry.

/// What must be refused, by which name.
pub const REFUSED: &[(&str, &str)] = &[
    ("mails_kind", "INSERT INTO mails (user_id, kind, cause, reference, message_id) VALUES (:owner, 'GREETING', 'a', 'a', 'a')"),
    ("mails_reference_short", "INSERT INTO mails (user_id, kind, cause, reference, message_id) VALUES (:owner, 'AWARDED', 'a', '', 'a')"),
    (
        "mails_address_short",
        "INSERT INTO mails (user_id, kind, cause, reference, message_id, address) VALUES (:owner, 'AWARDED', 'a', 'a', 'a', repeat('x', 255))",
    ),
    (
        "mails_one_per_message_id",
        "INSERT INTO mails (user_id, kind, cause, reference, message_id) SELECT :owner, 'AWARDED', n::text, 'a', 'a' FROM generate_series(1, 2) n",
    ),
    (
        "mails_one_per_event",
        "INSERT INTO mails (user_id, kind, cause, reference, message_id) SELECT :owner, 'AWARDED', 'a', 'a', n::text FROM generate_series(1, 2) n",
    ),
    (
        "mails_state",
        "INSERT INTO mails (user_id, kind, cause, reference, message_id, state) VALUES (:owner, 'AWARDED', 'a', 'a', 'a', 'LOST')",
    ),
    (
        "mails_attempts_not_negative",
        "INSERT INTO mails (user_id, kind, cause, reference, message_id, attempts, sent_again) VALUES (:owner, 'AWARDED', 'a', 'a', 'a', -1, -1)",
    ),
    (
        "mails_sent_again_within_attempts",
        "INSERT INTO mails (user_id, kind, cause, reference, message_id, attempts, sent_again) VALUES (:owner, 'AWARDED', 'a', 'a', 'a', 1, 2)",
    ),
    (
        "mails_error_short",
        "INSERT INTO mails (user_id, kind, cause, reference, message_id, error) VALUES (:owner, 'AWARDED', 'a', 'a', 'a', repeat('x', 501))",
    ),
    (
        "mails_done_has_time",
        "INSERT INTO mails (user_id, kind, cause, reference, message_id, state) VALUES (:owner, 'AWARDED', 'a', 'a', 'a', 'SENT')",
    ),
    // what was sent, or put away, is never sent again
    (
        "mails_end_once",
        "INSERT INTO mails (user_id, kind, cause, reference, message_id, state, done_at) VALUES (:owner, 'AWARDED', 'a', 'a', 'a', 'SENT', now()); UPDATE mails SET state = 'WAITING', done_at = NULL",
    ),
    (
        "account_links_purpose",
        "INSERT INTO account_links (user_id, purpose, nonce, token_hash, email, made_at, expires_at) VALUES (:owner, 'LOTTERY', 'a', 'a', 'a', now(), now() + interval '1 hour')",
    ),
    (
        "account_links_email_short",
        "INSERT INTO account_links (user_id, purpose, nonce, token_hash, email, made_at, expires_at) VALUES (:owner, 'RESET_PASSWORD', 'a', 'a', repeat('x', 255), now(), now() + interval '1 hour')",
    ),
    (
        "account_links_one_per_token",
        "INSERT INTO account_links (user_id, purpose, nonce, token_hash, email, made_at, expires_at) SELECT :owner, 'RESET_PASSWORD', 'a', 'a', 'a', now(), now() + interval '1 hour' FROM generate_series(1, 2)",
    ),
    (
        "account_links_lasts",
        "INSERT INTO account_links (user_id, purpose, nonce, token_hash, email, made_at, expires_at) VALUES (:owner, 'RESET_PASSWORD', 'a', 'a', 'a', now(), now())",
    ),
    (
        "account_links_end_once",
        "INSERT INTO account_links (user_id, purpose, nonce, token_hash, email, made_at, expires_at, used_at, ended_at) VALUES (:owner, 'RESET_PASSWORD', 'a', 'a', 'a', now(), now() + interval '1 hour', now(), now())",
    ),
    // a link that was used does nothing more, and does not come back
    (
        "account_links_used_once",
        "INSERT INTO account_links (user_id, purpose, nonce, token_hash, email, made_at, expires_at, used_at) VALUES (:owner, 'RESET_PASSWORD', 'a', 'a', 'a', now(), now() + interval '1 hour', now()); UPDATE account_links SET used_at = NULL",
    ),
    ("link_requests_purpose", "INSERT INTO link_requests (purpose, account, address) VALUES ('LOTTERY', 'a', 'a')"),
    (
        "link_requests_email_short",
        "INSERT INTO link_requests (purpose, email, account, address) VALUES ('CHANGE_EMAIL', repeat('x', 255), 'a', 'a')",
    ),
    ("mail_rounds_one", "INSERT INTO mail_rounds (one, gathered_up_to) VALUES (false, 1)"),
    ("mail_choices_off_known", "INSERT INTO mail_choices (user_id, off) VALUES (:owner, '{RESET_PASSWORD}')"),
    ("mail_choices_digest", "INSERT INTO mail_choices (user_id, digest) VALUES (:owner, 'HOURLY')"),
];
