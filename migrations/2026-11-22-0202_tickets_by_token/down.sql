-- Tokens that were for tickets alone would be for nothing: they go.
UPDATE api_tokens SET scopes = array_remove(scopes, 'TICKETS') WHERE 'TICKETS' = ANY (scopes) AND cardinality(scopes) > 1;
DELETE FROM api_tokens WHERE scopes = ARRAY['TICKETS'];
ALTER TABLE api_tokens DROP CONSTRAINT api_tokens_scopes, ADD CONSTRAINT api_tokens_scopes CHECK (
    cardinality(scopes) > 0 AND scopes <@ ARRAY['READ', 'PROJECTS', 'PROPOSALS', 'DECIDE', 'TIME', 'JOBS', 'RUNNER']);
