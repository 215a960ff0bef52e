//! What the schema refuses of reviews.

/// What must be refused, by which name.
pub const REFUSED: &[(&str, &str)] = &[
    ("reviews_side", "INSERT INTO reviews (contract_id, side, rating, words, written_by) VALUES (:contract, 'HOUSE', 3, 'Fair.', :owner)"),
    ("reviews_rating", "INSERT INTO reviews (contract_id, side, rating, words, written_by) VALUES (:contract, 'CLIENT', 6, 'Fair.', :owner)"),
    ("reviews_words_short", "INSERT INTO reviews (contract_id, side, rating, words, written_by) VALUES (:contract, 'CLIENT', 3, '', :owner)"),
    // the contract goes on, or has ended too long ago
    ("reviews_in_time", "INSERT INTO reviews (contract_id, side, rating, words, written_by) VALUES (:contract, 'CLIENT', 3, 'Fair.', :owner)"),
    (
        "reviews_in_time",
        "INSERT INTO contract_endings (contract_id, ended_by, ended_at) VALUES (:contract, :owner, now() - interval '14 days');
         INSERT INTO reviews (contract_id, side, rating, words, written_by) VALUES (:contract, 'CLIENT', 3, 'Fair.', :owner)",
    ),
    (
        "reviews_in_time",
        "INSERT INTO contract_endings (contract_id, ended_by, ended_at) VALUES (:contract, :owner, now());
         INSERT INTO reviews (contract_id, side, rating, words, written_by, shown_at) VALUES (:contract, 'CLIENT', 3, 'Fair.', :owner, now())",
    ),
    (
        "reviews_in_time",
        "INSERT INTO contract_endings (contract_id, ended_by, ended_at) VALUES (:contract, :owner, now());
         INSERT INTO reviews (contract_id, side, rating, words, written_by) VALUES (:contract, 'CLIENT', 3, 'Fair.', :owner);
         UPDATE contract_endings SET ended_at = now() - interval '14 days' WHERE contract_id = :contract;
         UPDATE reviews SET rating = 1, version = 2",
    ),
    (
        "reviews_in_time",
        "INSERT INTO contract_endings (contract_id, ended_by, ended_at) VALUES (:contract, :owner, now() - interval '15 days');
         INSERT INTO reviews (contract_id, side, rating, words, written_by, written_at) VALUES (:contract, 'CLIENT', 3, 'Fair.', :owner, now() - interval '2 days')",
    ),
    (
        "reviews_author_is_here",
        "INSERT INTO contract_endings (contract_id, ended_by, ended_at) VALUES (:contract, :owner, now());
         UPDATE users SET name = 'Somebody who left', email = 'closed-' || id, password_hash = '', salt = '', closed_at = now() WHERE id = :spare;
         INSERT INTO reviews (contract_id, side, rating, words, written_by) VALUES (:contract, 'FREELANCER', 3, 'Fair.', :spare)",
    ),
    (
        "reviews_one_per_side",
        "INSERT INTO contract_endings (contract_id, ended_by, ended_at) VALUES (:contract, :owner, now());
         INSERT INTO reviews (contract_id, side, rating, words, written_by) SELECT :contract, 'CLIENT', 3, 'Fair.', :owner FROM generate_series(1, 2)",
    ),
    (
        "reviews_shown_when_due",
        "INSERT INTO contract_endings (contract_id, ended_by, ended_at) VALUES (:contract, :owner, now());
         INSERT INTO reviews (contract_id, side, rating, words, written_by) VALUES (:contract, 'CLIENT', 3, 'Fair.', :owner);
         UPDATE reviews SET shown_at = now()",
    ),
    (
        "reviews_shown_when_due",
        "INSERT INTO contract_endings (contract_id, ended_by, ended_at) VALUES (:contract, :owner, now());
         INSERT INTO reviews (contract_id, side, rating, words, written_by) VALUES (:contract, 'CLIENT', 3, 'Fair.', :owner), (:contract, 'FREELANCER', 4, 'Good.', :owner);
         UPDATE reviews SET shown_at = now(), rating = 1",
    ),
    (
        "reviews_stay",
        "INSERT INTO contract_endings (contract_id, ended_by, ended_at) VALUES (:contract, :owner, now());
         INSERT INTO reviews (contract_id, side, rating, words, written_by) VALUES (:contract, 'CLIENT', 3, 'Fair.', :owner), (:contract, 'FREELANCER', 4, 'Good.', :owner);
         UPDATE reviews SET shown_at = now(); UPDATE reviews SET rating = 1 WHERE side = 'CLIENT'",
    ),
    (
        "reviews_stay",
        "INSERT INTO contract_endings (contract_id, ended_by, ended_at) VALUES (:contract, :owner, now());
         INSERT INTO reviews (contract_id, side, rating, words, written_by) VALUES (:contract, 'CLIENT', 3, 'Fair.', :owner);
         DELETE FROM reviews",
    ),
    (
        "reviews_stay",
        "INSERT INTO contract_endings (contract_id, ended_by, ended_at) VALUES (:contract, :owner, now());
         INSERT INTO reviews (contract_id, side, rating, words, written_by) VALUES (:contract, 'CLIENT', 3, 'Fair.', :owner);
         UPDATE reviews SET words = 'These words were erased: their author closed the account.', side = 'FREELANCER'",
    ),
    (
        "reviews_shown_together",
        "INSERT INTO contract_endings (contract_id, ended_by, ended_at) VALUES (:contract, :owner, now());
         INSERT INTO reviews (contract_id, side, rating, words, written_by) VALUES (:contract, 'CLIENT', 3, 'Fair.', :owner), (:contract, 'FREELANCER', 4, 'Good.', :owner);
         SET CONSTRAINTS ALL IMMEDIATE",
    ),
];
