//! What must hold of what people write to each other and keep for themselves: messages, questions, searches.

use super::rules::Rule;

/// The rules.
pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "thread_counts",
        about: "thread",
        broken: "SELECT t.id, 'counts ' || t.message_count || ' messages up to ' || t.last_message_id || ', there are ' || count(m.id) \
                     || ' up to ' || coalesce(max(m.id), 0) || ', the last one in place ' || coalesce(max(m.number), 0) \
                 FROM threads t LEFT JOIN messages m ON m.thread_id = t.id GROUP BY t.id \
                 HAVING t.message_count <> count(m.id) OR t.message_count <> coalesce(max(m.number), 0) \
                     OR t.last_message_id <> coalesce(max(m.id), 0)",
    },
    Rule {
        name: "thread_between_sides",
        about: "thread",
        broken: "SELECT t.id, 'is not between the client and the freelancer of proposal ' || t.proposal_id FROM threads t \
                 LEFT JOIN proposals b ON b.id = t.proposal_id LEFT JOIN projects p ON p.id = b.project_id \
                 LEFT JOIN contracts c ON c.id = t.contract_id \
                 WHERE b.freelancer_id IS DISTINCT FROM t.freelancer_id OR b.project_id IS DISTINCT FROM t.project_id \
                 OR p.organisation_id IS DISTINCT FROM t.organisation_id \
                 OR t.contract_id IS NOT NULL AND c.proposal_id IS DISTINCT FROM t.proposal_id",
    },
    Rule {
        name: "thread_not_while_sealed",
        about: "thread",
        broken: "SELECT t.id, 'tells whose proposal ' || t.proposal_id || ' is, while the bids of project ' || p.id || ' are sealed' \
                 FROM threads t JOIN projects p ON p.id = t.project_id WHERE p.sealed AND p.bids_opened_at IS NULL",
    },
    Rule {
        name: "message_has_trace",
        about: "thread",
        broken: "SELECT coalesce(m.thread_id, e.thread), 'message ' || coalesce(m.number, e.number) || CASE WHEN m.number IS NULL \
                     THEN ' is gone, the history tells of it' ELSE ' is not told of by the history' END \
                 FROM (SELECT m.thread_id, m.number, m.author_id, t.project_id, t.contract_id FROM messages m JOIN threads t ON t.id = m.thread_id) m \
                 FULL JOIN (SELECT (facts ->> 'thread')::bigint AS thread, (facts ->> 'number')::integer AS number, \
                         (facts ->> 'contract')::bigint AS contract, actor_id, stream_id FROM events \
                     WHERE stream_kind = 'PROJECT' AND kind = 'MESSAGE_SENT') e \
                 ON e.thread = m.thread_id AND e.number = m.number AND e.actor_id = m.author_id AND e.stream_id = m.project_id \
                     AND e.contract IS NOT DISTINCT FROM m.contract_id \
                 WHERE e.number IS NULL OR m.number IS NULL",
    },
    Rule {
        name: "read_what_was_written",
        about: "thread",
        broken: "SELECT t.id, 'was read by person ' || r.user_id || ' up to message ' || r.read_up_to || ' of ' || t.message_count \
                 FROM thread_reads r JOIN threads t ON t.id = r.thread_id WHERE r.read_up_to > t.message_count",
    },
    Rule {
        name: "report_has_trace",
        about: "message",
        broken: "SELECT r.message_id, 'was reported by person ' || r.reporter_id || ', whose history does not tell of it' FROM message_reports r \
                 WHERE NOT EXISTS (SELECT FROM events e WHERE e.stream_kind = 'PERSON' AND e.stream_id = r.reporter_id \
                     AND e.kind = 'MESSAGE_REPORTED' AND e.facts ->> 'message' = r.message_id::text)",
    },
    Rule {
        name: "question_has_trace",
        about: "question",
        broken: "SELECT coalesce(q.id, e.id), CASE WHEN q.id IS NULL THEN 'is gone, the history tells of it' \
                     ELSE 'is not told of by the history of project ' || q.project_id END FROM enquiries q \
                 FULL JOIN (SELECT (facts ->> 'enquiry')::bigint AS id, actor_id, stream_id FROM events \
                     WHERE stream_kind = 'PROJECT' AND kind = 'ENQUIRY_MADE') e \
                 ON e.id = q.id AND e.actor_id = q.asker_id AND e.stream_id = q.project_id WHERE e.id IS NULL OR q.id IS NULL",
    },
    Rule {
        name: "answer_has_trace",
        about: "question",
        broken: "SELECT coalesce(a.enquiry_id, e.id), 'answer ' || coalesce(a.number, e.number) || CASE WHEN a.number IS NULL \
                     THEN ' is gone, the history tells of it' ELSE ' is not told of by the history' END FROM enquiry_answers a \
                 FULL JOIN (SELECT (facts ->> 'enquiry')::bigint AS id, (facts ->> 'number')::integer AS number, actor_id FROM events \
                     WHERE stream_kind = 'PROJECT' AND kind = 'ENQUIRY_ANSWERED') e \
                 ON e.id = a.enquiry_id AND e.number = a.number AND e.actor_id = a.answered_by WHERE e.number IS NULL OR a.number IS NULL",
    },
    Rule {
        name: "search_has_trace",
        about: "search",
        broken: "SELECT coalesce(s.id, e.id), CASE WHEN s.id IS NULL THEN 'is gone, the history of person ' || e.stream_id || ' keeps it' \
                     ELSE 'is kept, the history of person ' || s.user_id || ' does not tell of it' END FROM saved_searches s \
                 FULL JOIN (SELECT (facts ->> 'kept')::bigint AS id, stream_id FROM events k \
                     WHERE stream_kind = 'PERSON' AND kind = 'SEARCHES_CHANGED' AND facts ? 'kept' \
                     AND NOT EXISTS (SELECT FROM events f WHERE f.stream_kind = 'PERSON' AND f.stream_id = k.stream_id \
                         AND f.kind = 'SEARCHES_CHANGED' AND f.facts -> 'forgotten' = k.facts -> 'kept') \
                     AND NOT EXISTS (SELECT FROM users u WHERE u.id = k.stream_id AND u.closed_at IS NOT NULL)) e \
                 ON e.id = s.id AND e.stream_id = s.user_id WHERE e.id IS NULL OR s.id IS NULL",
    },
];
