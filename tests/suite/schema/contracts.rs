//! What the schema must refuse of contracts, and by which name.

/// Statements and the name of the guard that refuses them.
pub const REFUSED: &[(&str, &str)] = &[
    ("contracts_status", "UPDATE contracts SET status = 'LOST' WHERE proposal_id = :accepted"),
    ("contracts_kind", "UPDATE contracts SET kind = 'BARTER' WHERE proposal_id = :accepted"),
    ("contracts_amount_positive", "UPDATE contracts SET amount = 0 WHERE proposal_id = :accepted"),
    ("contracts_currency", "UPDATE contracts SET currency = '' WHERE proposal_id = :accepted"),
    ("contracts_of_own_proposal", "UPDATE contracts SET project_id = :open WHERE proposal_id = :accepted"),
    ("contracts_of_own_freelancer", "UPDATE contracts SET freelancer_id = :spare WHERE proposal_id = :accepted"),
    (
        "contracts_of_own_client",
        "WITH other AS (INSERT INTO organisations (name) VALUES ('Another') RETURNING id) UPDATE contracts SET organisation_id = (SELECT id FROM other) WHERE proposal_id = :accepted",
    ),
    (
        "contracts_one_live_per_project",
        "INSERT INTO contracts (project_id, proposal_id, organisation_id, freelancer_id, kind, amount, currency, days, proposal_version, scope_version, accepted_by, accepted_at) SELECT project_id, :rejected, organisation_id, freelancer_id, kind, amount, currency, days, 1, 1, accepted_by, now() FROM contracts",
    ),
    (
        "contracts_one_per_proposal",
        "INSERT INTO contracts (project_id, proposal_id, organisation_id, freelancer_id, status, ended_by, kind, amount, currency, days, proposal_version, scope_version, accepted_by, accepted_at) SELECT project_id, proposal_id, organisation_id, freelancer_id, 'TERMINATED', 'BOTH', kind, amount, currency, days, 1, 1, accepted_by, now() FROM contracts",
    ),
    ("contracts_ended_by", "UPDATE contracts SET status = 'TERMINATED', ended_by = 'NOBODY' WHERE proposal_id = :accepted"),
    ("contracts_ended_by_iff_terminated", "UPDATE contracts SET status = 'TERMINATED' WHERE proposal_id = :accepted"),
    ("contracts_ended_by_iff_terminated", "UPDATE contracts SET ended_by = 'CLIENT' WHERE proposal_id = :accepted"),
];
