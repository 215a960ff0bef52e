DELETE FROM sign_ins WHERE outcome = 'WRONG_CODE';
ALTER TABLE sign_ins DROP CONSTRAINT sign_ins_step_of_a_code, DROP CONSTRAINT sign_ins_outcome;
UPDATE sign_ins SET outcome = 'SIGNED_IN' WHERE outcome IN ('SIGNED_IN_BY_CODE', 'RECOVERED');
ALTER TABLE sign_ins
    DROP COLUMN step,
    ADD CONSTRAINT sign_ins_outcome CHECK (outcome IN ('SIGNED_IN', 'WRONG_PASSWORD'));
