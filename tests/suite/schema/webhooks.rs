//! What the schema refuses of webhooks.

/// What must be refused, by which name.
pub const REFUSED: &[(&str, &str)] = &[
    (
        "webhooks_address_short",
        "INSERT INTO webhooks (organisation_id, address, kinds, secret, made_by, created_at) VALUES (:client, '', '{A}', repeat('a', 64), :owner, now())",
    ),
    (
        "webhooks_kinds_whole",
        "INSERT INTO webhooks (organisation_id, address, kinds, secret, made_by, created_at) VALUES (:client, 'a', '{}', repeat('a', 64), :owner, now())",
    ),
    (
        "webhooks_secret_long",
        "INSERT INTO webhooks (organisation_id, address, kinds, secret, made_by, created_at) VALUES (:client, 'a', '{A}', 'short', :owner, now())",
    ),
    (
        "webhook_places_seq_positive",
        "INSERT INTO webhooks (id, organisation_id, address, kinds, secret, made_by, created_at) VALUES (1, :client, 'a', '{A}', repeat('a', 64), :owner, now()); INSERT INTO webhook_places VALUES (1, :open, 0)",
    ),
    (
        "webhook_deliveries_tries",
        "INSERT INTO webhooks (id, organisation_id, address, kinds, secret, made_by, created_at) VALUES (1, :client, 'a', '{A}', repeat('a', 64), :owner, now()); INSERT INTO webhook_deliveries (hook_id, project_id, seq, kind, tries) VALUES (1, :open, 1, 'A', -1)",
    ),
    (
        "webhook_deliveries_status",
        "INSERT INTO webhooks (id, organisation_id, address, kinds, secret, made_by, created_at) VALUES (1, :client, 'a', '{A}', repeat('a', 64), :owner, now()); INSERT INTO webhook_deliveries (hook_id, project_id, seq, kind, status) VALUES (1, :open, 1, 'A', 99)",
    ),
    (
        "webhook_deliveries_error_short",
        "INSERT INTO webhooks (id, organisation_id, address, kinds, secret, made_by, created_at) VALUES (1, :client, 'a', '{A}', repeat('a', 64), :owner, now()); INSERT INTO webhook_deliveries (hook_id, project_id, seq, kind, error) VALUES (1, :open, 1, 'A', '')",
    ),
    (
        "webhook_deliveries_one_per_event",
        "INSERT INTO webhooks (id, organisation_id, address, kinds, secret, made_by, created_at) VALUES (1, :client, 'a', '{A}', repeat('a', 64), :owner, now()); INSERT INTO webhook_deliveries (hook_id, project_id, seq, kind) SELECT 1, :open, 1, 'A' FROM generate_series(1, 2)",
    ),
];
