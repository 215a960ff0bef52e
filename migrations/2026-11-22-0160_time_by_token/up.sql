-- A token can be for a freelancer's own time.
ALTER TABLE api_tokens DROP CONSTRAINT api_tokens_scopes, ADD CONSTRAINT api_tokens_scopes CHECK (
    cardinality(scopes) > 0 AND scopes <@ ARRAY['READ', 'PROJECTS', 'PROPOSALS', 'DECIDE', 'TIME', 'JOBS', 'RUNNER']);
