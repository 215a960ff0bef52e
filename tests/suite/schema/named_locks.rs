//! What the schema refuses of locks by name.

/// Begins a row of a lock.
macro_rules! lock {
    ($rest:literal) => {
        concat!("INSERT INTO named_locks (key, kind, token, holder, taken_at, leased_until) VALUES (", $rest, ")")
    };
}
/// One that is held, and then something more.
macro_rules! held {
    ($then:literal) => {
        concat!(
            "INSERT INTO named_locks (key, kind, token, holder, taken_at, leased_until) \
             VALUES ('many:k', 'JSON_FIELD_UPDATE', 3, 'a', now(), now() + interval '9 s'); ",
            $then
        )
    };
}

/// What must be refused, by which name.
pub const REFUSED: &[(&str, &str)] = &[
    ("named_locks_key_short", lock!("'k', 'JSON_FIELD_UPDATE', 1, NULL, NULL, NULL")),
    ("named_locks_kind", lock!("'many:k', 'BANK', 1, NULL, NULL, NULL")),
    ("named_locks_holder_short", lock!("'many:k', 'JSON_FIELD_UPDATE', 1, '', now(), now() + interval '9 s'")),
    ("named_locks_held_by_somebody", lock!("'many:k', 'JSON_FIELD_UPDATE', 1, 'a', now(), NULL")),
    ("named_locks_held_by_somebody", lock!("'many:k', 'JSON_FIELD_UPDATE', 1, NULL, now(), now() + interval '9 s'")),
    ("named_locks_lease_is_ahead", lock!("'many:k', 'JSON_FIELD_UPDATE', 1, 'a', now(), now()")),
    ("named_locks_one_per_key", held!("INSERT INTO named_locks (key, kind, token) VALUES ('many:k', 'JSON_FIELD_UPDATE', 4)")),
    ("named_locks_stay", held!("DELETE FROM named_locks")),
    ("named_locks_tokens_rise", held!("UPDATE named_locks SET token = 2")),
    ("named_locks_tokens_rise", held!("UPDATE named_locks SET holder = 'b'")),
    ("named_locks_tokens_rise", held!("UPDATE named_locks SET key = 'many:l'")),
    ("named_lock_waiters_lock", "INSERT INTO named_lock_waiters (key, who, gives_up_at) VALUES ('none', 'a', now() + interval '9 s')"),
    (
        "named_lock_waiters_who_short",
        held!("INSERT INTO named_lock_waiters (key, who, gives_up_at) VALUES ('many:k', '', now() + interval '9 s')"),
    ),
    (
        "named_lock_waiters_ahead",
        held!("INSERT INTO named_lock_waiters (key, who, gives_up_at) VALUES ('many:k', 'a', now() - interval '9 s')"),
    ),
];
