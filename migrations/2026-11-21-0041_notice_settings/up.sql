-- The kinds of notices that a person does not want: a row says that a kind is switched off.
CREATE TABLE notice_settings (
    user_id bigint NOT NULL REFERENCES users,
    kind    text   NOT NULL CONSTRAINT notice_settings_outcomes_stay CHECK (kind NOT IN ('AWARDED', 'NOT_SELECTED')),
    PRIMARY KEY (user_id, kind)
);
