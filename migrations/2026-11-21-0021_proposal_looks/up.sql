-- Which member has a proposal open, so that two do not decide beside each other. A look runs out by itself: readers pass
-- over old rows. Not logged, because it is worth nothing after a crash; one row a member and proposal, written over, with
-- room on the page for that.
CREATE UNLOGGED TABLE proposal_looks (
    proposal_id bigint      NOT NULL REFERENCES proposals ON DELETE CASCADE,
    user_id     bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    looked_at   timestamptz NOT NULL,
    PRIMARY KEY (proposal_id, user_id)
) WITH (fillfactor = 70);
