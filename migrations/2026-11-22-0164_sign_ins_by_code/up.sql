-- A sign-in that took a code as well, one that took a recovery code, and a wrong code behind the right password.
ALTER TABLE sign_ins
    DROP CONSTRAINT sign_ins_outcome,
    ADD CONSTRAINT sign_ins_outcome CHECK (outcome IN ('SIGNED_IN', 'WRONG_PASSWORD', 'WRONG_CODE', 'SIGNED_IN_BY_CODE', 'RECOVERED')),
    -- of which half minute the app's code was: for whoever wants to know whether one signed in twice
    ADD COLUMN step bigint,
    ADD CONSTRAINT sign_ins_step_of_a_code CHECK ((outcome = 'SIGNED_IN_BY_CODE') = (step IS NOT NULL));
