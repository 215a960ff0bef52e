//! What the schema must refuse of a contract's moves, milestones and terms, and by which name.

/// Statements and the name of the guard that refuses them.
pub const REFUSED: &[(&str, &str)] = &[
    (
        "contracts_legal_moves",
        "UPDATE contracts SET status = 'TERMINATED', ended_by = 'CLIENT' WHERE id = :contract; UPDATE contracts SET status = 'ACTIVE', ended_by = NULL WHERE id = :contract",
    ),
    ("contracts_paused_by", "UPDATE contracts SET status = 'PAUSED', paused_by = 'BOTH' WHERE id = :contract"),
    ("contracts_paused_iff", "UPDATE contracts SET status = 'PAUSED' WHERE id = :contract"),
    ("contracts_paused_iff", "UPDATE contracts SET paused_by = 'CLIENT' WHERE id = :contract"),
    ("contracts_totals", "UPDATE contracts SET paid_total = 1 WHERE id = :contract"),
    ("contracts_totals", "UPDATE contracts SET approved_total = -1, paid_total = -1 WHERE id = :contract"),
    ("contracts_weekly_limit", "UPDATE contracts SET weekly_limit = 0 WHERE id = :contract"),
    // a contract without its project, a project without its contract
    ("contracts_complete_projects", "UPDATE contracts SET status = 'COMPLETED' WHERE id = :contract"),
    ("projects_end_with_contract", "UPDATE projects SET status = 'COMPLETED' WHERE id = :assigned"),
    (
        "projects_end_with_contract",
        "UPDATE proposals SET status = 'REVOKED' WHERE id = :accepted; UPDATE projects SET status = 'OPEN', accepted_proposal_id = NULL WHERE id = :assigned",
    ),
    ("endings_fault", "INSERT INTO contract_endings VALUES (:contract, :owner, now(), 'GOD', 'so')"),
    ("endings_reason_short", "INSERT INTO contract_endings VALUES (:contract, :owner, now(), 'CLIENT', '')"),
    ("endings_early_with_reason", "INSERT INTO contract_endings VALUES (:contract, :owner, now(), 'CLIENT', NULL)"),
    ("milestones_status", "UPDATE milestones SET status = 'LOST' WHERE id = :milestone"),
    ("milestones_place_positive", "UPDATE milestones SET place = 0 WHERE id = :milestone"),
    ("milestones_title_short", "UPDATE milestones SET title = '' WHERE id = :milestone"),
    ("milestones_amount_positive", "UPDATE milestones SET amount = 0 WHERE id = :milestone"),
    ("milestones_submitted_once", "UPDATE milestones SET status = 'SUBMITTED' WHERE id = :milestone"),
    (
        "milestones_one_per_place",
        "INSERT INTO milestones (contract_id, place, title, amount) SELECT contract_id, place, 'Again', 1 FROM milestones WHERE id = :milestone",
    ),
    ("milestones_legal_moves", "UPDATE milestones SET status = 'APPROVED', submission_count = 1 WHERE id = :milestone"),
    (
        "milestones_agreed_stays",
        "UPDATE milestones SET status = 'SUBMITTED', submission_count = 1 WHERE id = :milestone; UPDATE milestones SET status = 'APPROVED' WHERE id = :milestone; UPDATE milestones SET amount = amount + 1 WHERE id = :milestone",
    ),
    ("submissions_words_short", "INSERT INTO submissions (milestone_id, number, words, sent_at) VALUES (:milestone, 1, '', now())"),
    (
        "submissions_answer",
        "INSERT INTO submissions (milestone_id, number, words, sent_at, answer) VALUES (:milestone, 1, 'a', now(), 'MAYBE')",
    ),
    (
        "submissions_reason_short",
        "INSERT INTO submissions (milestone_id, number, words, sent_at, answer, reason) VALUES (:milestone, 1, 'a', now(), 'CHANGES_REQUESTED', '')",
    ),
    (
        "submissions_reason_iff_changes",
        "INSERT INTO submissions (milestone_id, number, words, sent_at, answer) VALUES (:milestone, 1, 'a', now(), 'CHANGES_REQUESTED')",
    ),
    (
        "submissions_one_per_number",
        "INSERT INTO submissions (milestone_id, number, words, sent_at, answer) SELECT :milestone, 1, 'a', now(), 'WITHDRAWN' FROM generate_series(1, 2)",
    ),
    (
        "submissions_one_waiting",
        "INSERT INTO submissions (milestone_id, number, words, sent_at) SELECT :milestone, n, 'a', now() FROM generate_series(1, 2) n",
    ),
    (
        "terms_side",
        "INSERT INTO contract_terms (contract_id, number, side, proposed_by, proposed_at, amount, days) VALUES (:contract, 1, 'GOD', :owner, now(), 1, 1)",
    ),
    (
        "terms_amount_positive",
        "INSERT INTO contract_terms (contract_id, number, side, proposed_by, proposed_at, amount, days) VALUES (:contract, 1, 'CLIENT', :owner, now(), 0, 1)",
    ),
    (
        "terms_days",
        "INSERT INTO contract_terms (contract_id, number, side, proposed_by, proposed_at, amount, days) VALUES (:contract, 1, 'CLIENT', :owner, now(), 1, 0)",
    ),
    ("terms_words_short", "UPDATE contracts SET terms_words = repeat('x', 10001) WHERE id = :contract"),
    (
        "terms_milestones_list",
        "INSERT INTO contract_terms (contract_id, number, side, proposed_by, proposed_at, amount, days, milestones) VALUES (:contract, 1, 'CLIENT', :owner, now(), 1, 1, '{}')",
    ),
    (
        "terms_answer",
        "INSERT INTO contract_terms (contract_id, number, side, proposed_by, proposed_at, amount, days, answer) VALUES (:contract, 1, 'CLIENT', :owner, now(), 1, 1, 'MAYBE')",
    ),
    (
        "contract_terms_one_waiting",
        "INSERT INTO contract_terms (contract_id, number, side, proposed_by, proposed_at, amount, days) SELECT :contract, n, 'CLIENT', :owner, now(), 1, 1 FROM generate_series(1, 2) n",
    ),
    (
        "contract_terms_pinned",
        "INSERT INTO contract_terms (contract_id, number, side, proposed_by, proposed_at, amount, days) VALUES (:contract, 1, 'CLIENT', :owner, now(), 1, 1); UPDATE contract_terms SET amount = 2 WHERE contract_id = :contract",
    ),
    (
        "contract_terms_pinned",
        "INSERT INTO contract_terms (contract_id, number, side, proposed_by, proposed_at, amount, days, answer) VALUES (:contract, 1, 'CLIENT', :owner, now(), 1, 1, 'CONFIRMED'); UPDATE contract_terms SET answer = 'DECLINED' WHERE contract_id = :contract",
    ),
];
