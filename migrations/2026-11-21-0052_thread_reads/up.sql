-- How far each person has read a thread: where the page draws its line, and what the list counts as new.
CREATE TABLE thread_reads (
    thread_id  bigint  NOT NULL REFERENCES threads,
    user_id    bigint  NOT NULL REFERENCES users,
    -- the number of the last message that was shown
    read_up_to integer NOT NULL CONSTRAINT thread_reads_read_up_to_positive CHECK (read_up_to > 0),
    PRIMARY KEY (thread_id, user_id)
);
