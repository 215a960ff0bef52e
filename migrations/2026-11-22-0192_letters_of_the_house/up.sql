-- Whom the house keeps out, or lets in again, is told by a letter. It is found from the event; the words are read when it is sent.
ALTER TABLE mails
    DROP CONSTRAINT mails_kind,
    ADD CONSTRAINT mails_kind CHECK (kind IN ('AWARDED', 'NOT_SELECTED', 'INVITED', 'DIGEST', 'RESET_PASSWORD', 'CONFIRM_EMAIL',
        'CHANGE_EMAIL', 'EMAIL_CHANGED', 'SUSPENDED', 'LET_IN'));
