-- What a client's members note for each other about a proposal. Beside its state and never instead of it: a mark touches
-- neither proposal nor project. A row for each kind, so that two who mark at once write different rows.
CREATE TABLE proposal_marks (
    proposal_id bigint      NOT NULL REFERENCES proposals,
    kind        text        NOT NULL CONSTRAINT proposal_marks_kind CHECK (kind IN ('SHORTLISTED', 'ARCHIVED', 'NOTED')),
    -- a mark that was taken off stays as a row, which says by whom
    stands      boolean     NOT NULL,
    -- whether the freelancer is told
    shared      boolean     NOT NULL DEFAULT false,
    -- of a note
    words       text        NOT NULL DEFAULT '' CONSTRAINT proposal_marks_words_short CHECK (length(words) <= 2000),
    -- rises with each change; a stale note is told by it
    version     integer     NOT NULL DEFAULT 1,
    -- who changed it last, and when
    set_by      bigint      NOT NULL REFERENCES users,
    set_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (proposal_id, kind),
    CONSTRAINT proposal_marks_shared_is_shortlisted CHECK (NOT shared OR (stands AND kind = 'SHORTLISTED')),
    CONSTRAINT proposal_marks_note_has_words CHECK (CASE kind WHEN 'NOTED' THEN stands = (words <> '') ELSE words = '' END)
);

-- Whoever writes over a version that is not the one they read, loses what stood there.
CREATE FUNCTION refuse_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% % goes from version % to %', TG_TABLE_NAME, OLD.proposal_id, OLD.version, NEW.version
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_version_rises';
END $$;
CREATE TRIGGER proposal_marks_version_rises BEFORE UPDATE ON proposal_marks FOR EACH ROW
    WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse_version();
