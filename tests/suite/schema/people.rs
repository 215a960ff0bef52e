//! What the schema refuses of people, organisations and profiles.

/// The owner has begun to set up a second factor.
macro_rules! begun {
    () => {
        "INSERT INTO second_factors (user_id, sealed, created_at) SELECT :owner, convert_to(repeat('x', 48), 'UTF8'), now()"
    };
}

/// The owner has one, of which the seventh code was used.
macro_rules! on {
    () => {
        concat!(begun!(), "; UPDATE second_factors SET confirmed_at = now(), last_step = 7")
    };
}

/// What must be refused, by which name.
pub const REFUSED: &[(&str, &str)] = &[
    ("users_email_short", "UPDATE users SET email = repeat('x', 255) WHERE id = :owner"),
    ("users_name_short", "UPDATE users SET name = '' WHERE id = :owner"),
    (
        "sessions_one_per_id",
        "INSERT INTO sessions (id, key_hash, user_id, epoch, expires_at) SELECT 1, convert_to(n::text, 'UTF8'), :owner, 1, now() FROM generate_series(1, 2) n",
    ),
    (
        "sessions_device_short",
        "INSERT INTO sessions (key_hash, user_id, epoch, expires_at, agent) VALUES ('a', :owner, 1, now(), repeat('x', 301))",
    ),
    ("sign_ins_outcome", "INSERT INTO sign_ins (user_id, outcome, agent, address) VALUES (:owner, 'GUESSED', '', '')"),
    ("sign_ins_device_short", "INSERT INTO sign_ins (user_id, outcome, agent, address) VALUES (:owner, 'SIGNED_IN', '', repeat('x', 65))"),
    ("sign_ins_step_of_a_code", "INSERT INTO sign_ins (user_id, outcome, agent, address) VALUES (:owner, 'SIGNED_IN_BY_CODE', '', '')"),
    ("sign_ins_step_of_a_code", "INSERT INTO sign_ins (user_id, outcome, agent, address, step) VALUES (:owner, 'SIGNED_IN', '', '', 1)"),
    ("second_factors_sealed_whole", "INSERT INTO second_factors (user_id, sealed, created_at) VALUES (:owner, 'a', now())"),
    (
        "second_factors_confirmed_by_a_code",
        "INSERT INTO second_factors (user_id, sealed, created_at, confirmed_at) SELECT :owner, convert_to(repeat('x', 48), 'UTF8'), now(), now()",
    ),
    // the same code, one before it, another secret behind its back, or none any more
    ("second_factors_step_rises", concat!(on!(), "; UPDATE second_factors SET last_step = 7")),
    ("second_factors_step_rises", concat!(on!(), "; UPDATE second_factors SET last_step = 6")),
    (
        "second_factors_step_rises",
        concat!(on!(), "; UPDATE second_factors SET last_step = 8, sealed = convert_to(repeat('y', 48), 'UTF8')"),
    ),
    ("second_factors_step_rises", concat!(on!(), "; UPDATE second_factors SET last_step = NULL, confirmed_at = NULL")),
    (
        "recovery_codes_ten",
        concat!(begun!(), "; INSERT INTO recovery_codes (user_id, number, hash, made_at) VALUES (:owner, 11, sha256('a'), now())"),
    ),
    (
        "recovery_codes_hash_whole",
        concat!(begun!(), "; INSERT INTO recovery_codes (user_id, number, hash, made_at) VALUES (:owner, 1, 'a', now())"),
    ),
    (
        "recovery_codes_one_per_hash",
        concat!(
            begun!(),
            "; INSERT INTO recovery_codes (user_id, number, hash, made_at) SELECT :owner, n, sha256('a'), now() FROM generate_series(1, 2) n"
        ),
    ),
    (
        "recovery_codes_used_once",
        concat!(
            begun!(),
            "; INSERT INTO recovery_codes (user_id, number, hash, made_at, used_at) VALUES (:owner, 1, sha256('a'), now(), now()); UPDATE recovery_codes SET used_at = now()"
        ),
    ),
    ("users_theme", "UPDATE users SET theme = 'PINK' WHERE id = :owner"),
    (
        "users_one_per_email",
        "UPDATE users SET email = E'  ADA.TWICE@Example.ORG\\u00a0' WHERE id = :owner; UPDATE users SET email = 'ada.twice@example.org' WHERE id = :spare",
    ),
    ("users_closed_is_empty", "UPDATE users SET closed_at = now() WHERE id = :spare"),
    (
        "users_closed_for_good",
        "UPDATE users SET name = 'Somebody who left', email = 'closed-' || id, password_hash = '', salt = '', closed_at = now() WHERE id = :spare; UPDATE users SET closed_at = NULL WHERE id = :spare",
    ),
    (
        "users_leave_nothing_open",
        "UPDATE users SET name = 'Somebody who left', email = 'closed-' || id, password_hash = '', salt = '', closed_at = now() WHERE id = :owner",
    ),
    ("freelancers_closed_is_empty", "UPDATE freelancers SET closed_at = now() WHERE user_id = :spare"),
    (
        "proposals_author_is_here",
        "UPDATE freelancers SET closed_at = now(), listed = false WHERE user_id = :spare; INSERT INTO proposals (project_id, freelancer_id, amount, days, cover_letter, scope_version) VALUES (:open, :spare, 1, 1, '', 1)",
    ),
    ("users_suspended_with_reason", "UPDATE users SET suspended_at = now() WHERE id = :spare"),
    ("house_reason_short", "UPDATE users SET suspended_at = now(), suspended_for = '' WHERE id = :spare"),
    (
        "users_appeal_while_suspended",
        "INSERT INTO tickets (id, opener_id, topic, title, clock_from, due_at, due_under, opened_at, updated_at) VALUES (7000000, :spare, 'OTHER', 'a', now(), now(), 1, now(), now()); UPDATE users SET appeal_id = 7000000 WHERE id = :spare",
    ),
    (
        "users_keep_an_admin",
        "UPDATE users SET is_admin = false; UPDATE users SET is_admin = true WHERE id = :spare; UPDATE users SET name = 'Somebody who left', email = 'closed-' || id, password_hash = '', salt = '', is_admin = false, closed_at = now() WHERE id = :spare",
    ),
    (
        "users_keep_an_admin",
        "UPDATE users SET is_admin = false; UPDATE users SET is_admin = true WHERE id = :spare; UPDATE users SET suspended_at = now(), suspended_for = 'a' WHERE id = :spare",
    ),
    (
        "contracts_nobody_is_out",
        "UPDATE users SET suspended_at = now(), suspended_for = 'a' WHERE id = :spare; INSERT INTO contracts (project_id, proposal_id, organisation_id, freelancer_id, kind, amount, currency, days, proposal_version, scope_version, accepted_by, accepted_at) VALUES (:open, 1, :client, :spare, 'FIXED', 1, 'EUR', 1, 1, 1, :owner, now())",
    ),
    (
        "proposals_author_is_in",
        "UPDATE users SET suspended_at = now(), suspended_for = 'a' WHERE id = :spare; INSERT INTO proposals (project_id, freelancer_id, amount, days, cover_letter, scope_version) VALUES (:open, :spare, 1, 1, '', 1)",
    ),
    (
        "abuse_reports_kind",
        "INSERT INTO abuse_reports (kind, subject_id, reporter_id, reason, reported_at) VALUES ('PET', 1, :spare, 'a', now())",
    ),
    (
        "abuse_reports_one_per_person",
        "INSERT INTO abuse_reports (kind, subject_id, reporter_id, reason, reported_at) SELECT 'PROJECT', 1, :spare, 'a', now() FROM generate_series(1, 2)",
    ),
    (
        "abuse_reports_settled_whole",
        "INSERT INTO abuse_reports (kind, subject_id, reporter_id, reason, reported_at, settled_at) VALUES ('PROJECT', 1, :spare, 'a', now(), now())",
    ),
    (
        "abuse_reports_outcome",
        "INSERT INTO abuse_reports (kind, subject_id, reporter_id, reason, reported_at, settled_at, settled_by, outcome, settled_word) VALUES ('PROJECT', 1, :spare, 'a', now(), now(), :owner, 'LOST', 'a')",
    ),
    (
        "abuse_reports_settled_once",
        "INSERT INTO abuse_reports (kind, subject_id, reporter_id, reason, reported_at, settled_at, settled_by, outcome, settled_word) VALUES ('PROJECT', 1, :spare, 'a', now(), now(), :owner, 'DISMISSED', 'a'); UPDATE abuse_reports SET outcome = 'ACTED_ON' WHERE reporter_id = :spare",
    ),
    ("projects_held_with_reason", "UPDATE projects SET held_at = now() WHERE id = :open"),
    ("projects_held_with_reason", "UPDATE projects SET held_for = 'Because.' WHERE id = :open"),
    (
        "projects_held_stay",
        "UPDATE projects SET held_at = now(), held_for = 'a' WHERE id = :open; UPDATE projects SET version = version + 1 WHERE id = :open",
    ),
    (
        "projects_held_stay",
        "UPDATE projects SET held_at = now(), held_for = 'a' WHERE id = :open; UPDATE projects SET status = 'ASSIGNED', accepted_proposal_id = :pending WHERE id = :open",
    ),
    (
        "projects_held_stay",
        "UPDATE projects SET held_at = now(), held_for = 'a' WHERE id = :draft; UPDATE projects SET status = 'OPEN', published_at = now() WHERE id = :draft",
    ),
    (
        "projects_held_once",
        "UPDATE projects SET held_at = now(), held_for = 'a' WHERE id = :open; UPDATE projects SET held_at = now() + interval '1 s' WHERE id = :open",
    ),
    ("projects_held_while_undecided", "UPDATE projects SET held_at = now(), held_for = 'a' WHERE id = :assigned"),
    (
        "proposals_not_while_held",
        "UPDATE projects SET held_at = now(), held_for = 'a' WHERE id = :open; INSERT INTO proposals (project_id, freelancer_id, amount, days, cover_letter, scope_version) VALUES (:open, :spare, 1, 1, '', 1)",
    ),
    (
        "proposals_not_while_held",
        "UPDATE proposals SET status = 'WITHDRAWN' WHERE id = :pending; UPDATE projects SET held_at = now(), held_for = 'a' WHERE id = :open; UPDATE proposals SET status = 'PENDING' WHERE id = :pending",
    ),
    (
        "proposals_not_while_held",
        "UPDATE projects SET held_at = now(), held_for = 'a' WHERE id = :open; UPDATE proposals SET amount = 1, version = version + 1 WHERE id = :pending",
    ),
    ("organisations_name_short", "UPDATE organisations SET name = repeat('x', 101) WHERE id = :client"),
    ("memberships_role", "UPDATE memberships SET role = 'KING' WHERE organisation_id = :client AND role = 'VIEWER'"),
    ("organisations_keep_an_owner", "DELETE FROM memberships WHERE organisation_id = :client AND role = 'OWNER'"),
    ("organisations_keep_an_owner", "UPDATE memberships SET role = 'VIEWER' WHERE organisation_id = :client AND user_id = :owner"),
    (
        "invitations_role",
        "INSERT INTO invitations (organisation_id, role, token_hash, note, invited_by, expires_at) VALUES (:client, 'KING', 'a', '', :owner, now())",
    ),
    (
        "invitations_note_short",
        "INSERT INTO invitations (organisation_id, role, token_hash, note, invited_by, expires_at) VALUES (:client, 'VIEWER', 'a', repeat('x', 201), :owner, now())",
    ),
    (
        "invitations_one_per_token",
        "INSERT INTO invitations (organisation_id, role, token_hash, note, invited_by, expires_at) SELECT :client, 'VIEWER', 'a', '', :owner, now() FROM generate_series(1, 2)",
    ),
    (
        "invitations_end_once",
        "INSERT INTO invitations (organisation_id, role, token_hash, note, invited_by, expires_at, used_at) VALUES (:client, 'VIEWER', 'a', '', :owner, now(), now())",
    ),
    (
        "invitations_end_once",
        "INSERT INTO invitations (organisation_id, role, token_hash, note, invited_by, expires_at, used_at, used_by, revoked_at) VALUES (:client, 'VIEWER', 'a', '', :owner, now(), now(), :spare, now())",
    ),
    ("freelancers_headline_short", "UPDATE freelancers SET headline = repeat('x', 121) WHERE user_id = :spare"),
    ("freelancers_skills_whole", "UPDATE freelancers SET skills = ARRAY['a', NULL] WHERE user_id = :spare"),
    ("freelancers_rate_positive", "UPDATE freelancers SET rate = 0 WHERE user_id = :spare"),
    ("freelancers_currency", "UPDATE freelancers SET currency = 'euro' WHERE user_id = :spare"),
    ("freelancers_hours_a_week", "UPDATE freelancers SET hours_a_week = 0 WHERE user_id = :spare"),
    ("freelancers_about_short", "UPDATE freelancers SET about = repeat('x', 10001) WHERE user_id = :spare"),
];
