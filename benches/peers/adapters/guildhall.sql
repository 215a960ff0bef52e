-- The neutral data in Guildhall's own schema, with the same ids. Before this the neutral tables were moved aside, into
-- the schema "seed", and `guildhall migrate` made ours. Triggers and foreign keys rest while rows are copied; the last
-- block asks what they would have asked.
--
-- A client becomes an organisation of the same id and name, owned by that client; a decided project's contract has the
-- project's id. Histories begin empty.
BEGIN;
SET LOCAL session_replication_role = replica;

INSERT INTO users (id, email, name, password_hash, created_at)
SELECT id, username || '@bench.example', display_name, substr(password, length('argon2') + 1), '2025-01-01 00:00+00'
FROM seed.users;

INSERT INTO organisations (id, name, created_at)
SELECT id, display_name, '2025-01-01 00:00+00' FROM seed.users WHERE role = 'CLIENT';

INSERT INTO memberships (organisation_id, user_id, role, created_at)
SELECT id, id, 'OWNER', '2025-01-01 00:00+00' FROM seed.users WHERE role = 'CLIENT';

INSERT INTO freelancers (user_id, created_at)
SELECT id, '2025-01-01 00:00+00' FROM seed.users WHERE role = 'FREELANCER';

INSERT INTO projects (id, organisation_id, organisation_name, created_by, status, title, description, kind, budget_min, budget_max, currency,
                      deadline, proposal_count, accepted_proposal_id, published_at, created_at, updated_at)
SELECT p.id, p.client_id, c.display_name, p.client_id, p.status, p.title, p.description, 'FIXED', (p.budget * 100)::bigint,
       (p.budget * 100)::bigint, 'EUR', '2099-12-31 23:00+00', count(r.id), min(r.id) FILTER (WHERE r.status = 'ACCEPTED'),
       p.created_at, p.created_at, coalesce(min(r.updated_at) FILTER (WHERE r.status = 'ACCEPTED'), p.created_at)
FROM seed.projects p JOIN seed.proposals r ON r.project_id = p.id JOIN seed.users c ON c.id = p.client_id
GROUP BY p.id, c.display_name
ORDER BY p.id;

INSERT INTO proposals (id, project_id, freelancer_id, status, amount, days, cover_letter, scope_version, created_at, updated_at)
SELECT id, project_id, freelancer_id, status, (amount * 100)::bigint, 10, cover_letter, 1, created_at, updated_at
FROM seed.proposals
ORDER BY id;

INSERT INTO contracts (id, project_id, proposal_id, organisation_id, freelancer_id, kind, amount, currency, days,
                       proposal_version, scope_version, accepted_by, accepted_at)
SELECT p.id, p.id, r.id, p.organisation_id, r.freelancer_id, p.kind, r.amount, p.currency, r.days, r.version, p.scope_version,
       p.created_by, r.updated_at
FROM projects p JOIN proposals r ON r.id = p.accepted_proposal_id
ORDER BY p.id;

SELECT setval(pg_get_serial_sequence('users', 'id'), (SELECT max(id) FROM users)),
       setval(pg_get_serial_sequence('organisations', 'id'), (SELECT max(id) FROM organisations)),
       setval(pg_get_serial_sequence('projects', 'id'), (SELECT max(id) FROM projects)),
       setval(pg_get_serial_sequence('proposals', 'id'), (SELECT max(id) FROM proposals)),
       setval(pg_get_serial_sequence('contracts', 'id'), (SELECT max(id) FROM contracts));

DO $$
DECLARE
    key record;
    orphans bigint;
BEGIN
    PERFORM check_award(id) FROM projects;
    FOR key IN
        SELECT conname, conrelid::regclass AS own, confrelid::regclass AS other,
               (SELECT string_agg(format('o.%I = t.%I', f.attname, a.attname), ' AND ')
                FROM unnest(conkey, confkey) AS k (mine, theirs)
                JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = k.mine
                JOIN pg_attribute f ON f.attrelid = confrelid AND f.attnum = k.theirs) AS same,
               (SELECT string_agg(format('t.%I IS NOT NULL', a.attname), ' AND ')
                FROM pg_attribute a WHERE a.attrelid = conrelid AND a.attnum = ANY (conkey)) AS said
        FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('SELECT count(*) FROM %s t WHERE %s AND NOT EXISTS (SELECT FROM %s o WHERE %s)',
                       key.own, key.said, key.other, key.same) INTO orphans;
        IF orphans > 0 THEN
            RAISE EXCEPTION '% rows of % break %', orphans, key.own, key.conname;
        END IF;
    END LOOP;
END $$;

DROP SCHEMA seed CASCADE;
COMMIT;
