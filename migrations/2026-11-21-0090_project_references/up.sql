-- What a project is called where it comes from: another system's name for it, by which it is made or changed in one step.
-- Not columns of the project: its row is what an award writes, and each index on it would be written too.
CREATE TABLE project_references (
    project_id      bigint      PRIMARY KEY,
    organisation_id bigint      NOT NULL REFERENCES organisations,
    -- as they were first written
    source          text        NOT NULL CONSTRAINT project_references_source_short CHECK (length(source) <= 100),
    external_ref    text        NOT NULL CONSTRAINT project_references_ref_short CHECK (length(external_ref) <= 200),
    -- as they are compared
    source_key      text        NOT NULL GENERATED ALWAYS AS (key_of(source)) STORED
        CONSTRAINT project_references_source_said CHECK (source_key <> ''),
    ref_key         text        NOT NULL GENERATED ALWAYS AS (key_of(external_ref)) STORED
        CONSTRAINT project_references_ref_said CHECK (ref_key <> ''),
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT project_references_one_per_key UNIQUE (organisation_id, source_key, ref_key),
    -- The name is written first, because it decides who makes the project; the project follows in the same transaction.
    CONSTRAINT project_references_own_project FOREIGN KEY (organisation_id, project_id) REFERENCES projects (organisation_id, id)
        DEFERRABLE INITIALLY DEFERRED
);
