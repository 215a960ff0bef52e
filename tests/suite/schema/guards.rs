//! What the schema must refuse of projects and all that hangs on them, and by which name.

use super::{
    attachments, contracts, drafts, files, invoices, jobs, machines, mails, milestones, named_locks, people, races, reviews, sealed_bids,
    tickets, webhooks, work,
};

/// Statements and the name of the guard that refuses them.
const REFUSED: &[(&str, &str)] = &[
    (
        "projects_status",
        "INSERT INTO projects (organisation_id, created_by, status, title, description, kind, budget_min, budget_max, currency, deadline, published_at) VALUES (:client, :owner, 'PAUSED', 'a', '', 'FIXED', 1, 1, 'EUR', now(), now())",
    ),
    ("projects_client_by_name", "UPDATE projects SET organisation_name = 'Somebody else' WHERE id = :draft"),
    ("projects_title_short", "UPDATE projects SET title = '' WHERE id = :draft"),
    ("projects_description_short", "UPDATE projects SET description = repeat('x', 20001) WHERE id = :draft"),
    ("projects_skills_whole", "UPDATE projects SET skills = ARRAY[NULL::text] WHERE id = :draft"),
    ("projects_kind", "UPDATE projects SET kind = 'BARTER' WHERE id = :draft"),
    ("projects_currency", "UPDATE projects SET currency = 'EURO' WHERE id = :draft"),
    ("projects_questions_whole", "UPDATE projects SET questions = ARRAY['Why?', NULL] WHERE id = :draft"),
    ("projects_proposal_count_not_negative", "UPDATE projects SET proposal_count = -1 WHERE id = :draft"),
    ("projects_cancel_reason_short", "UPDATE projects SET cancel_reason = repeat('x', 1001) WHERE id = :draft"),
    ("projects_budget", "UPDATE projects SET budget_min = 0 WHERE id = :draft"),
    ("projects_budget", "UPDATE projects SET budget_max = budget_min - 1 WHERE id = :draft"),
    ("projects_published_once_open", "UPDATE projects SET status = 'OPEN' WHERE id = :draft"),
    // an assigned project without a winner, an open one with a winner, a sealed one with unopened bids
    ("projects_winner_iff_assigned", "UPDATE projects SET status = 'ASSIGNED' WHERE id = :open"),
    ("projects_winner_iff_assigned", "UPDATE projects SET accepted_proposal_id = :pending WHERE id = :open"),
    ("projects_winner_iff_assigned", "UPDATE projects SET accepted_proposal_id = NULL WHERE id = :assigned"),
    ("projects_sealed_until_opened", "UPDATE projects SET status = 'ASSIGNED', accepted_proposal_id = :closed WHERE id = :sealed"),
    // another project's proposal
    ("projects_accepted_is_own_proposal", "UPDATE projects SET status = 'ASSIGNED', accepted_proposal_id = :foreign WHERE id = :open"),
    ("projects_accepted_is_own_proposal", "UPDATE projects SET accepted_proposal_id = :foreign WHERE id = :assigned"),
    (
        "proposals_status",
        "INSERT INTO proposals (project_id, freelancer_id, status, amount, days, cover_letter, scope_version) VALUES (:open, :spare, 'MAYBE', 1, 1, '', 1)",
    ),
    ("proposals_amount_positive", "UPDATE proposals SET amount = 0 WHERE id = :pending"),
    ("proposals_days", "UPDATE proposals SET days = 0 WHERE id = :pending"),
    ("proposals_cover_letter_short", "UPDATE proposals SET cover_letter = repeat('x', 10001) WHERE id = :pending"),
    ("proposals_milestones_list", "UPDATE proposals SET milestones = '{}' WHERE id = :pending"),
    ("proposals_decline_reason_short", "UPDATE proposals SET decline_reason = repeat('x', 1001) WHERE id = :pending"),
    ("proposals_answers_match", "UPDATE proposals SET answers = ARRAY['yes'] WHERE id = :pending"),
    ("proposals_questions_whole", "UPDATE proposals SET questions = ARRAY[NULL::text], answers = ARRAY['yes'] WHERE id = :pending"),
    ("proposals_answers_whole", "UPDATE proposals SET questions = ARRAY['Why?'], answers = ARRAY[NULL::text] WHERE id = :pending"),
    ("proposals_declined_is_rejected", "UPDATE proposals SET declined_at = now() WHERE id = :pending"),
    (
        "proposals_one_per_freelancer",
        "INSERT INTO proposals (project_id, freelancer_id, amount, days, cover_letter, scope_version) SELECT :open, :spare, 1, 1, '', 1 FROM generate_series(1, 2)",
    ),
    ("proposals_one_accepted_per_project", "UPDATE proposals SET status = 'ACCEPTED' WHERE id IN (:pending, :second)"),
    // a winner that nobody names, a name that is no winner, another name
    ("proposals_accepted_iff_named", "UPDATE proposals SET status = 'ACCEPTED' WHERE id = :pending"),
    (
        "proposals_accepted_iff_named",
        "UPDATE proposals SET status = 'REJECTED' WHERE project_id = :open; UPDATE projects SET status = 'ASSIGNED', accepted_proposal_id = :pending WHERE id = :open",
    ),
    ("proposals_accepted_iff_named", "UPDATE projects SET accepted_proposal_id = :rejected WHERE id = :assigned"),
    ("proposals_accepted_iff_named", "UPDATE proposals SET status = 'REVOKED' WHERE id = :accepted"),
    (
        "proposals_accepted_iff_named",
        "INSERT INTO proposals (project_id, freelancer_id, status, amount, days, cover_letter, scope_version) VALUES (:open, :spare, 'ACCEPTED', 1, 1, '', 1)",
    ),
    // somebody forgotten beside the winner, or beside a project that was called off
    (
        "proposals_pending_only_beside_open",
        "UPDATE proposals SET status = 'ACCEPTED' WHERE id = :pending; UPDATE projects SET status = 'ASSIGNED', accepted_proposal_id = :pending WHERE id = :open",
    ),
    ("proposals_pending_only_beside_open", "UPDATE projects SET status = 'CANCELLED' WHERE id = :open"),
    // too late, or too early
    (
        "proposals_only_while_open",
        "INSERT INTO proposals (project_id, freelancer_id, amount, days, cover_letter, scope_version) VALUES (:assigned, :spare, 1, 1, '', 1)",
    ),
    (
        "proposals_only_while_open",
        "INSERT INTO proposals (project_id, freelancer_id, amount, days, cover_letter, scope_version) VALUES (:draft, :spare, 1, 1, '', 1)",
    ),
    ("proposals_only_while_open", "UPDATE proposals SET status = 'PENDING' WHERE id = :rejected"),
    ("proposals_only_while_open", "UPDATE proposals SET project_id = :assigned WHERE id = :foreign"),
    ("projects_legal_moves", "UPDATE projects SET status = 'CANCELLED', accepted_proposal_id = NULL WHERE id = :assigned"),
    ("proposals_legal_moves", "UPDATE proposals SET status = 'ACCEPTED' WHERE id = :rejected"),
    (
        "events_stream_kind",
        "INSERT INTO events (stream_kind, stream_id, seq, at, kind, prev_hash, hash) VALUES ('HOUSE', 1, 1, now(), 'X', '', sha256(''))",
    ),
    (
        "events_seq_positive",
        "INSERT INTO events (stream_kind, stream_id, seq, at, kind, prev_hash, hash) VALUES ('PROJECT', 1, 0, now(), 'X', '', sha256(''))",
    ),
    (
        "events_facts_object",
        "INSERT INTO events (stream_kind, stream_id, seq, at, kind, facts, prev_hash, hash) VALUES ('PROJECT', 1, 1, now(), 'X', '[]', '', sha256(''))",
    ),
    (
        "events_hash_whole",
        "INSERT INTO events (stream_kind, stream_id, seq, at, kind, prev_hash, hash) VALUES ('PROJECT', 1, 1, now(), 'X', '', '')",
    ),
    (
        "events_pkey",
        "INSERT INTO events (stream_kind, stream_id, seq, at, kind, prev_hash, hash) VALUES ('PROJECT', :open, 1, now(), 'X', '', sha256(''))",
    ),
    ("events_stay", "UPDATE events SET at = now() WHERE stream_id = :open"),
    ("events_stay", "DELETE FROM events WHERE stream_id = :open"),
    ("events_stay", "TRUNCATE events"),
    (
        "notices_channel",
        "INSERT INTO notices (user_id, kind, stream_kind, stream_id, seq, channel) VALUES (:owner, 'AWARDED', 'PROJECT', :draft, 1, 'PIGEON')",
    ),
    (
        "notices_one_per_event",
        "INSERT INTO notices (user_id, kind, stream_kind, stream_id, seq) SELECT :spare, 'AWARDED', 'PROJECT', :draft, 1 FROM generate_series(1, 2)",
    ),
    ("notice_settings_outcomes_stay", "INSERT INTO notice_settings (user_id, kind) VALUES (:spare, 'NOT_SELECTED')"),
    ("projects_visibility", "UPDATE projects SET visibility = 'FRIENDS' WHERE id = :draft"),
    ("projects_public_stays_public", "UPDATE projects SET visibility = 'INVITED' WHERE id = :open"),
    ("project_looks_seen_positive", "INSERT INTO project_looks VALUES (:open, :owner, 0)"),
    ("project_invitations_pkey", "INSERT INTO project_invitations SELECT :open, :spare, :owner, now() FROM generate_series(1, 2)"),
    (
        "project_references_source_short",
        "INSERT INTO project_references (project_id, organisation_id, source, external_ref) VALUES (:draft, :client, repeat('x', 101), 'a')",
    ),
    (
        "project_references_ref_short",
        "INSERT INTO project_references (project_id, organisation_id, source, external_ref) VALUES (:draft, :client, 'a', repeat('x', 201))",
    ),
    (
        "project_references_source_said",
        "INSERT INTO project_references (project_id, organisation_id, source, external_ref) VALUES (:draft, :client, ' ' || chr(160), 'a')",
    ),
    (
        "project_references_ref_said",
        "INSERT INTO project_references (project_id, organisation_id, source, external_ref) VALUES (:draft, :client, 'a', ' ')",
    ),
    (
        "project_references_one_per_key",
        "INSERT INTO project_references (project_id, organisation_id, source, external_ref) VALUES (:draft, :client, 'ERP', 'Lager 1'), (:open, :client, ' erp', 'LAGER' || chr(160) || ' 1')",
    ),
    (
        "project_references_own_project",
        "INSERT INTO project_references (project_id, organisation_id, source, external_ref) VALUES (:other, :client, 'a', 'a')",
    ),
    (
        "project_reminders_once",
        "INSERT INTO project_reminders (project_id, kind, deadline, told_at) SELECT :open, 'CLOSING_AHEAD', '2026-01-01', now() FROM generate_series(1, 2)",
    ),
    ("project_reminders_kind", "INSERT INTO project_reminders (project_id, kind, deadline, told_at) VALUES (:open, 'HURRY', now(), now())"),
    (
        "project_reminders_in_time",
        "INSERT INTO project_reminders (project_id, kind, deadline, told_at) VALUES (:open, 'DEADLINE_NEAR', now() - interval '1 day', now())",
    ),
    (
        "project_reminders_in_time",
        "INSERT INTO project_reminders (project_id, kind, deadline, told_at) VALUES (:open, 'CLOSING_AHEAD', now() + interval '1 day', now())",
    ),
    ("saved_searches_name_short", "INSERT INTO saved_searches (user_id, name, query, looked_at) VALUES (:owner, '', '/projects', now())"),
    ("saved_searches_query_short", "INSERT INTO saved_searches (user_id, name, query, looked_at) VALUES (:owner, 'a', '', now())"),
    (
        "saved_searches_one_per_query",
        "INSERT INTO saved_searches (user_id, name, query, looked_at) SELECT :owner, 'a', '/projects', now() FROM generate_series(1, 2)",
    ),
    ("enquiries_words_short", "INSERT INTO enquiries (project_id, asker_id, words, asked_at) VALUES (:open, :spare, '', now())"),
    (
        "enquiries_one_per_words",
        "INSERT INTO enquiries (project_id, asker_id, words, asked_at) VALUES (:open, :spare, 'Why?', now()), (:open, :spare, E' why?\\u00a0', now())",
    ),
    (
        "enquiries_only_before_the_deadline",
        "INSERT INTO enquiries (project_id, asker_id, words, asked_at) VALUES (:assigned, :spare, 'Why?', now())",
    ),
    (
        "enquiries_only_before_the_deadline",
        "INSERT INTO enquiries (project_id, asker_id, words, asked_at) SELECT id, :spare, 'Why?', deadline FROM projects WHERE id = :open",
    ),
    ("enquiry_answers_number_positive", "INSERT INTO enquiry_answers VALUES (:enquiry, 0, 'So.', :owner, now())"),
    ("enquiry_answers_words_short", "INSERT INTO enquiry_answers VALUES (:enquiry, 2, repeat('x', 4001), :owner, now())"),
    ("enquiry_answers_pkey", "INSERT INTO enquiry_answers VALUES (:enquiry, 1, 'So.', :owner, now())"),
    (
        "enquiry_answers_only_while_open",
        "UPDATE projects SET status = 'CANCELLED' WHERE id = :other; INSERT INTO enquiry_answers VALUES (:enquiry, 2, 'So.', :owner, now())",
    ),
    ("enquiry_answers_stay", "UPDATE enquiry_answers SET words = 'No.' WHERE enquiry_id = :enquiry"),
    ("enquiry_answers_stay", "DELETE FROM enquiry_answers"),
    ("enquiry_answers_stay", "TRUNCATE enquiry_answers"),
    // a thread, a message
    (
        "threads_one_per_proposal",
        "INSERT INTO threads (project_id, proposal_id, organisation_id, freelancer_id, opened_by, opened_at) SELECT project_id, proposal_id, organisation_id, freelancer_id, opened_by, now() FROM threads WHERE id = :thread",
    ),
    (
        "threads_one_per_contract",
        "INSERT INTO threads (project_id, proposal_id, contract_id, organisation_id, freelancer_id, opened_by, opened_at) SELECT c.project_id, c.proposal_id, c.id, c.organisation_id, c.freelancer_id, c.freelancer_id, now() FROM contracts c, generate_series(1, 2)",
    ),
    ("threads_message_count_not_negative", "UPDATE threads SET message_count = -1"),
    (
        "threads_opened_by_the_client",
        "INSERT INTO threads (project_id, proposal_id, organisation_id, freelancer_id, opened_by, opened_at) SELECT project_id, id, :client, freelancer_id, freelancer_id, now() FROM proposals WHERE id = :second",
    ),
    (
        "threads_of_own_proposal",
        "INSERT INTO threads (project_id, proposal_id, organisation_id, freelancer_id, opened_by, opened_at) SELECT :open, id, :client, freelancer_id, :owner, now() FROM proposals WHERE id = :foreign",
    ),
    (
        "threads_between_both_sides",
        "INSERT INTO threads (project_id, proposal_id, organisation_id, freelancer_id, opened_by, opened_at) VALUES (:open, :second, :client, :spare, :owner, now())",
    ),
    (
        "threads_between_both_sides",
        "INSERT INTO threads (project_id, proposal_id, contract_id, organisation_id, freelancer_id, opened_by, opened_at) SELECT b.project_id, b.id, c.id, :client, b.freelancer_id, :owner, now() FROM proposals b, contracts c WHERE b.id = :second",
    ),
    (
        "threads_not_while_sealed",
        "INSERT INTO threads (project_id, proposal_id, organisation_id, freelancer_id, opened_by, opened_at) SELECT b.project_id, b.id, p.organisation_id, b.freelancer_id, :owner, now() FROM proposals b JOIN projects p ON p.id = b.project_id WHERE b.id = :closed",
    ),
    (
        "messages_number_positive",
        "INSERT INTO messages (thread_id, number, author_id, words, sent_at) VALUES (:thread, 0, :owner, 'a', now())",
    ),
    (
        "messages_words_short",
        "INSERT INTO messages (thread_id, number, author_id, words, sent_at) VALUES (:thread, 2, :owner, repeat('x', 10001), now())",
    ),
    (
        "messages_one_per_place",
        "INSERT INTO messages (thread_id, number, author_id, words, sent_at) VALUES (:thread, 1, :owner, 'a', now())",
    ),
    (
        "messages_only_while_open",
        "UPDATE proposals SET status = 'REJECTED' WHERE project_id = :open; UPDATE projects SET status = 'CANCELLED' WHERE id = :open; INSERT INTO messages (thread_id, number, author_id, words, sent_at) VALUES (:thread, 2, :owner, 'a', now())",
    ),
    ("messages_stay", "UPDATE messages SET words = 'No.'"),
    ("messages_stay", "DELETE FROM messages"),
    ("messages_stay", "TRUNCATE messages CASCADE"),
    ("thread_reads_read_up_to_positive", "INSERT INTO thread_reads VALUES (:thread, :spare, 0)"),
    (
        "message_reports_reason_short",
        "INSERT INTO message_reports (message_id, reporter_id, reason, reported_at) SELECT id, :spare, '', now() FROM messages",
    ),
    (
        "message_reports_one_per_person",
        "INSERT INTO message_reports (message_id, reporter_id, reason, reported_at) SELECT id, :spare, 'Rude', now() FROM messages, generate_series(1, 2)",
    ),
    (
        "proposal_marks_kind",
        "INSERT INTO proposal_marks (proposal_id, kind, stands, words, shared, set_by) VALUES (:pending, 'GILDED', true, '', false, :owner)",
    ),
    (
        "proposal_marks_words_short",
        "INSERT INTO proposal_marks (proposal_id, kind, stands, words, shared, set_by) VALUES (:pending, 'NOTED', true, repeat('x', 2001), false, :owner)",
    ),
    (
        "proposal_marks_shared_is_shortlisted",
        "INSERT INTO proposal_marks (proposal_id, kind, stands, words, shared, set_by) VALUES (:pending, 'ARCHIVED', true, '', true, :owner)",
    ),
    (
        "proposal_marks_shared_is_shortlisted",
        "INSERT INTO proposal_marks (proposal_id, kind, stands, words, shared, set_by) VALUES (:pending, 'SHORTLISTED', false, '', true, :owner)",
    ),
    (
        "proposal_marks_note_has_words",
        "INSERT INTO proposal_marks (proposal_id, kind, stands, words, shared, set_by) VALUES (:pending, 'NOTED', true, '', false, :owner)",
    ),
    (
        "proposal_marks_note_has_words",
        "INSERT INTO proposal_marks (proposal_id, kind, stands, words, shared, set_by) VALUES (:pending, 'ARCHIVED', true, 'out', false, :owner)",
    ),
    (
        "proposal_marks_version_rises",
        "INSERT INTO proposal_marks (proposal_id, kind, stands, words, shared, set_by) VALUES (:pending, 'ARCHIVED', true, '', false, :owner); UPDATE proposal_marks SET stands = false",
    ),
    ("request_keys_short", "INSERT INTO request_keys (user_id, key, act, digest) VALUES (:owner, 'short', 'x', '')"),
];

/// These, and those of people, of contracts, of sealed bids, of drafts, of jobs, of files and of letters.
pub fn refused() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    let all = [
        people::REFUSED,
        contracts::REFUSED,
        milestones::REFUSED,
        REFUSED,
        sealed_bids::REFUSED,
        drafts::REFUSED,
        jobs::REFUSED,
        named_locks::REFUSED,
        races::REFUSED,
        machines::REFUSED,
        mails::REFUSED,
        webhooks::REFUSED,
        files::REFUSED,
        work::REFUSED,
        attachments::REFUSED,
        invoices::REFUSED,
        reviews::REFUSED,
        tickets::REFUSED,
    ];
    all.into_iter().flatten()
}
