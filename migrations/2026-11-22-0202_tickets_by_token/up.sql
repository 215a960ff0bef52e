-- A token can be for asking the house and answering it.
ALTER TABLE api_tokens DROP CONSTRAINT api_tokens_scopes, ADD CONSTRAINT api_tokens_scopes CHECK (
    cardinality(scopes) > 0 AND scopes <@ ARRAY['READ', 'PROJECTS', 'PROPOSALS', 'DECIDE', 'TIME', 'TICKETS', 'JOBS', 'RUNNER']);
