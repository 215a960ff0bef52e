//! What the schema refuses of what machines use.

/// What must be refused, by which name.
pub const REFUSED: &[(&str, &str)] = &[
    (
        "api_tokens_name_short",
        "INSERT INTO api_tokens (user_id, name, scopes, secret_hash, hint, created_at) VALUES (:owner, '', '{READ}', sha256('a'), 'abcd', now())",
    ),
    (
        "api_tokens_scopes",
        "INSERT INTO api_tokens (user_id, name, scopes, secret_hash, hint, created_at) VALUES (:owner, 'a', '{ALL}', sha256('a'), 'abcd', now())",
    ),
    (
        "api_tokens_scopes",
        "INSERT INTO api_tokens (user_id, name, scopes, secret_hash, hint, created_at) VALUES (:owner, 'a', '{}', sha256('a'), 'abcd', now())",
    ),
    (
        "api_tokens_hash_whole",
        "INSERT INTO api_tokens (user_id, name, scopes, secret_hash, hint, created_at) VALUES (:owner, 'a', '{READ}', 'secret', 'abcd', now())",
    ),
    (
        "api_tokens_hint_short",
        "INSERT INTO api_tokens (user_id, name, scopes, secret_hash, hint, created_at) VALUES (:owner, 'a', '{READ}', sha256('a'), 'all of it', now())",
    ),
    (
        "api_tokens_expire_later",
        "INSERT INTO api_tokens (user_id, name, scopes, secret_hash, hint, created_at, expires_at) VALUES (:owner, 'a', '{READ}', sha256('a'), 'abcd', now(), now())",
    ),
    (
        "api_tokens_one_per_secret",
        "INSERT INTO api_tokens (user_id, name, scopes, secret_hash, hint, created_at) SELECT :owner, 'a', '{READ}', sha256('a'), 'abcd', now() FROM generate_series(1, 2)",
    ),
    (
        "api_tokens_runner_alone",
        "INSERT INTO api_tokens (user_id, name, scopes, secret_hash, hint, created_at) VALUES (:owner, 'a', '{RUNNER}', sha256('a'), 'abcd', now())",
    ),
    (
        "api_tokens_runner_alone",
        "INSERT INTO api_tokens (user_id, organisation_id, name, scopes, secret_hash, hint, created_at) VALUES (:owner, :client, 'a', '{READ}', sha256('a'), 'abcd', now())",
    ),
    (
        "api_tokens_runner_alone",
        "INSERT INTO api_tokens (user_id, organisation_id, name, scopes, secret_hash, hint, created_at) VALUES (:owner, :client, 'a', '{READ,RUNNER}', sha256('a'), 'abcd', now())",
    ),
];
