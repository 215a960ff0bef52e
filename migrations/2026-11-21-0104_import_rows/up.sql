-- What the file says, row by row, and what became of each. Rows that were put go when the import is finished; those that
-- failed stay for a while, to be corrected and brought again.
CREATE TABLE import_rows (
    import_id  bigint  NOT NULL REFERENCES imports ON DELETE CASCADE,
    -- the row's place in the file, its head not counted
    number     integer NOT NULL CONSTRAINT import_rows_number CHECK (number > 0),
    -- as they were typed, in the order of domain::import::COLUMNS
    fields     text[]  NOT NULL CONSTRAINT import_rows_fields CHECK (cardinality(fields) = 11),
    -- its name where it comes from, as it is compared
    ref_key    text    NOT NULL GENERATED ALWAYS AS (key_of(coalesce(fields[1], ''))) STORED,
    outcome    text    CONSTRAINT import_rows_outcome CHECK (outcome IN ('CREATED', 'UPDATED', 'UNCHANGED', 'FAILED')),
    project_id bigint  REFERENCES projects,
    -- why it failed, in words
    wrong      text[]  NOT NULL DEFAULT '{}',
    CONSTRAINT import_rows_one_per_place PRIMARY KEY (import_id, number),
    CONSTRAINT import_rows_put_or_wrong CHECK (CASE WHEN outcome IS NULL THEN project_id IS NULL AND wrong = '{}'
        WHEN outcome = 'FAILED' THEN project_id IS NULL AND wrong <> '{}' ELSE project_id IS NOT NULL AND wrong = '{}' END)
);
CREATE INDEX import_rows_waiting ON import_rows (import_id, number) WHERE outcome IS NULL;
