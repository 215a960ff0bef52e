-- A file in pieces, so that none is held in memory whole, neither where it is made nor where it is sent.
CREATE TABLE export_chunks (
    export_id bigint  NOT NULL REFERENCES exports ON DELETE CASCADE,
    number    integer NOT NULL CONSTRAINT export_chunks_in_order CHECK (number > 0),
    bytes     bytea   NOT NULL CONSTRAINT export_chunks_bounded CHECK (length(bytes) BETWEEN 1 AND 1048576),
    CONSTRAINT export_chunks_one_per_place PRIMARY KEY (export_id, number)
);
-- They are packed already, or soon gone.
ALTER TABLE export_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;
