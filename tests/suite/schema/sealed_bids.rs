//! What the schema refuses of sealed bids and of scopes, and what it lets through.
use super::raw::Raw;

/// What must be refused, by which name.
pub const REFUSED: &[(&str, &str)] = &[
    // sealed after the publishing, or no more; opened before the deadline, by a made-up time, twice, not any more, or never sealed
    ("projects_sealed_is_settled", "UPDATE projects SET sealed = true WHERE id = :open"),
    ("projects_sealed_is_settled", "UPDATE projects SET sealed = false WHERE id = :sealed"),
    ("projects_opened_only_if_sealed", "UPDATE projects SET bids_opened_at = now() WHERE id = :open"),
    ("projects_opened_only_if_sealed", "UPDATE projects SET sealed = true, bids_opened_at = now() WHERE id = :draft"),
    ("projects_bids_opened_after_deadline", "UPDATE projects SET bids_opened_at = clock_timestamp() WHERE id = :sealed"),
    ("projects_bids_opened_after_deadline", "UPDATE projects SET bids_opened_at = deadline WHERE id = :sealed"),
    (
        "projects_bids_opened_after_deadline",
        "UPDATE projects SET deadline = now() + interval '1 hour', bids_opened_at = now() WHERE id = :due",
    ),
    (
        "projects_bids_opened_after_deadline",
        "INSERT INTO projects (organisation_id, created_by, status, title, description, kind, budget_min, budget_max, currency, deadline, published_at, sealed, bids_opened_at) VALUES (:client, :owner, 'OPEN', 'a', '', 'FIXED', 1, 1, 'EUR', now() + interval '1 day', now(), true, now())",
    ),
    ("projects_bids_opened_once", "UPDATE projects SET bids_opened_at = NULL WHERE id = :opened"),
    ("projects_bids_opened_once", "UPDATE projects SET bids_opened_at = now() WHERE id = :opened"),
    ("projects_sealed_deadline_only_later", "UPDATE projects SET deadline = deadline - interval '1 second' WHERE id = :sealed"),
    ("projects_sealed_deadline_only_later", "UPDATE projects SET deadline = now() + interval '1 day' WHERE id = :opened"),
    ("proposals_none_after_opening", "UPDATE proposals SET status = 'PENDING', amount = 1, version = version + 1 WHERE id = :read"),
    (
        "proposals_none_after_opening",
        "INSERT INTO proposals (project_id, freelancer_id, amount, days, cover_letter, scope_version) VALUES (:opened, :spare, 1, 1, '', 1)",
    ),
    // of a project that changed: a version that is not in force, and one of a decided project
    ("proposals_scope_is_current", "UPDATE proposals SET scope_version = 2 WHERE id = :pending"),
    (
        "proposals_scope_is_current",
        "UPDATE projects SET scope_version = 2 WHERE id = :assigned; UPDATE proposals SET scope_version = 2 WHERE id = :accepted",
    ),
];

#[test]
fn what_sealed_bids_allow_is_let_through() {
    let mut raw = Raw::new();
    for statements in [
        "UPDATE projects SET sealed = true WHERE id = :draft",
        "UPDATE projects SET deadline = deadline + interval '1 second' WHERE id = :sealed",
        "UPDATE projects SET bids_opened_at = clock_timestamp() WHERE id = :due",
        "UPDATE proposals SET status = 'REJECTED', declined_at = now() WHERE id = :read; UPDATE proposals SET status = 'PENDING', declined_at = NULL WHERE id = :read",
        "UPDATE proposals SET status = 'ACCEPTED' WHERE id = :read; UPDATE projects SET status = 'ASSIGNED', accepted_proposal_id = :read WHERE id = :opened",
    ] {
        assert_eq!(raw.refused_by(statements), None, "{statements}");
    }
}
