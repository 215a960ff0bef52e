//! What the schema refuses of files that are made in the background, and of those that are brought.

/// What must be refused, by which name.
pub const REFUSED: &[(&str, &str)] = &[
    ("exports_key_short", "INSERT INTO exports (user_id, key, wanted, name) VALUES (:owner, '', '{}', 'a.csv')"),
    ("exports_name_short", "INSERT INTO exports (user_id, key, wanted, name) VALUES (:owner, 'k', '{}', '')"),
    ("exports_one_per_key", "INSERT INTO exports (user_id, key, wanted, name) SELECT :owner, 'k', '{}', 'a.csv' FROM generate_series(1, 2)"),
    (
        "exports_lines_counted",
        "INSERT INTO exports (user_id, key, wanted, name, made_at, lines, size) VALUES (:owner, 'k', '{}', 'a.csv', now(), -1, 1)",
    ),
    (
        "exports_size_counted",
        "INSERT INTO exports (user_id, key, wanted, name, made_at, lines, size) VALUES (:owner, 'k', '{}', 'a.csv', now(), 1, -1)",
    ),
    ("exports_made_is_whole", "INSERT INTO exports (user_id, key, wanted, name, made_at) VALUES (:owner, 'k', '{}', 'a.csv', now())"),
    (
        "export_chunks_in_order",
        "WITH e AS (INSERT INTO exports (user_id, key, wanted, name) VALUES (:owner, 'k', '{}', 'a.csv') RETURNING id)
         INSERT INTO export_chunks SELECT id, 0, 'x' FROM e",
    ),
    (
        "export_chunks_bounded",
        "WITH e AS (INSERT INTO exports (user_id, key, wanted, name) VALUES (:owner, 'k', '{}', 'a.csv') RETURNING id)
         INSERT INTO export_chunks SELECT id, 1, '' FROM e",
    ),
    (
        "export_chunks_one_per_place",
        "WITH e AS (INSERT INTO exports (user_id, key, wanted, name) VALUES (:owner, 'k', '{}', 'a.csv') RETURNING id)
         INSERT INTO export_chunks SELECT id, 1, 'x' FROM e, generate_series(1, 2)",
    ),
    ("imports_source_short", "INSERT INTO imports (organisation_id, user_id, source, name, row_count) VALUES (:client, :owner, '', 'a.csv', 1)"),
    (
        "imports_name_short",
        "INSERT INTO imports (organisation_id, user_id, source, name, row_count) VALUES (:client, :owner, 'ERP', repeat('x', 201), 1)",
    ),
    ("imports_row_count", "INSERT INTO imports (organisation_id, user_id, source, name, row_count) VALUES (:client, :owner, 'ERP', 'a.csv', 0)"),
    (
        "imports_runs_counted",
        "INSERT INTO imports (organisation_id, user_id, source, name, row_count, runs) VALUES (:client, :owner, 'ERP', 'a.csv', 1, -1)",
    ),
    (
        "imports_finished_is_whole",
        "INSERT INTO imports (organisation_id, user_id, source, name, row_count, runs, finished_at, created, updated, unchanged, failed)
         VALUES (:client, :owner, 'ERP', 'a.csv', 3, 1, now(), 1, 0, 0, 1)",
    ),
    (
        "import_rows_number",
        "WITH i AS (INSERT INTO imports (organisation_id, user_id, source, name, row_count) VALUES (:client, :owner, 'ERP', 'a.csv', 1) RETURNING id)
         INSERT INTO import_rows (import_id, number, fields) SELECT id, 0, array_fill(''::text, ARRAY[11]) FROM i",
    ),
    (
        "import_rows_fields",
        "WITH i AS (INSERT INTO imports (organisation_id, user_id, source, name, row_count) VALUES (:client, :owner, 'ERP', 'a.csv', 1) RETURNING id)
         INSERT INTO import_rows (import_id, number, fields) SELECT id, 1, '{a}' FROM i",
    ),
    (
        "import_rows_one_per_place",
        "WITH i AS (INSERT INTO imports (organisation_id, user_id, source, name, row_count) VALUES (:client, :owner, 'ERP', 'a.csv', 1) RETURNING id)
         INSERT INTO import_rows (import_id, number, fields) SELECT id, 1, array_fill(''::text, ARRAY[11]) FROM i, generate_series(1, 2)",
    ),
    (
        "import_rows_outcome",
        "WITH i AS (INSERT INTO imports (organisation_id, user_id, source, name, row_count) VALUES (:client, :owner, 'ERP', 'a.csv', 1) RETURNING id)
         INSERT INTO import_rows (import_id, number, fields, outcome, project_id) SELECT id, 1, array_fill(''::text, ARRAY[11]), 'DONE', :open FROM i",
    ),
    (
        "import_rows_put_or_wrong",
        "WITH i AS (INSERT INTO imports (organisation_id, user_id, source, name, row_count) VALUES (:client, :owner, 'ERP', 'a.csv', 1) RETURNING id)
         INSERT INTO import_rows (import_id, number, fields, outcome) SELECT id, 1, array_fill(''::text, ARRAY[11]), 'CREATED' FROM i",
    ),
];
