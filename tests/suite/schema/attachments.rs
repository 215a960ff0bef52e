//! What the schema refuses of files that people add.

/// What must be refused, by which name.
pub const REFUSED: &[(&str, &str)] = &[
    (
        "files_place_shape",
        "INSERT INTO files (owner_id, place, name, kind, size) VALUES (:owner, '../../etc/passwd', 'a.txt', 'text/plain', 1)",
    ),
    (
        "files_one_per_place",
        "INSERT INTO files (owner_id, place, name, kind, size) SELECT :owner, md5('a'), 'a.txt', 'text/plain', 1 FROM generate_series(1, 2)",
    ),
    ("files_name_clean", "INSERT INTO files (owner_id, place, name, kind, size) VALUES (:owner, md5('a'), 'a/b.txt', 'text/plain', 1)"),
    (
        "files_name_clean",
        "INSERT INTO files (owner_id, place, name, kind, size) VALUES (:owner, md5('a'), E'a\\r\\nb.txt', 'text/plain', 1)",
    ),
    (
        "files_name_clean",
        "INSERT INTO files (owner_id, place, name, kind, size) VALUES (:owner, md5('a'), repeat('a', 121), 'text/plain', 1)",
    ),
    ("files_kind", "INSERT INTO files (owner_id, place, name, kind, size) VALUES (:owner, md5('a'), 'a.html', 'text/html', 1)"),
    ("files_size", "INSERT INTO files (owner_id, place, name, kind, size) VALUES (:owner, md5('a'), 'a.txt', 'text/plain', 10485761)"),
    (
        "files_of_one_thing",
        "INSERT INTO files (owner_id, place, name, kind, size, proposal_id, message_id)
         SELECT :owner, md5('a'), 'a.txt', 'text/plain', 1, :pending, id FROM messages WHERE thread_id = :thread",
    ),
    (
        "files_of_one_thing",
        "WITH s AS (INSERT INTO submissions (milestone_id, number, words, sent_at) VALUES (:milestone, 9, 'Done.', now()) RETURNING id)
         INSERT INTO files (owner_id, place, name, kind, size, proposal_id, submission_id)
         SELECT :owner, md5('a'), 'a.txt', 'text/plain', 1, :pending, id FROM s",
    ),
    (
        "files_stay",
        "WITH s AS (INSERT INTO submissions (milestone_id, number, words, sent_at) VALUES (:milestone, 9, 'Done.', now()) RETURNING id)
         INSERT INTO files (owner_id, place, name, kind, size, submission_id) SELECT :owner, md5('a'), 'a.txt', 'text/plain', 1, id FROM s;
         UPDATE files SET submission_id = NULL",
    ),
    (
        "files_stay",
        "INSERT INTO files (owner_id, place, name, kind, size, proposal_id) VALUES (:owner, md5('a'), 'a.txt', 'text/plain', 1, :pending);
         UPDATE files SET proposal_id = NULL",
    ),
    (
        "files_stay",
        "INSERT INTO files (owner_id, place, name, kind, size, proposal_id) VALUES (:owner, md5('a'), 'a.txt', 'text/plain', 1, :pending);
         UPDATE files SET proposal_id = :second",
    ),
    (
        "files_stay",
        "INSERT INTO files (owner_id, place, name, kind, size) VALUES (:owner, md5('a'), 'a.txt', 'text/plain', 1);
         UPDATE files SET place = md5('b')",
    ),
];
