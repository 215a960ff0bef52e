//! Natural keys: of each there is one.

/// What may never be.
pub const NEVER: &[(&str, &str)] = &[
    (
        "duplicate natural keys",
        "SELECT min(id)::text AS found FROM proposals GROUP BY project_id, freelancer_id HAVING count(*) > 1
         UNION ALL SELECT min(id)::text FROM users GROUP BY email_key HAVING count(*) > 1
         UNION ALL SELECT min(project_id)::text FROM project_references GROUP BY organisation_id, source_key, ref_key HAVING count(*) > 1
         UNION ALL SELECT min(id)::text FROM saved_searches GROUP BY user_id, query HAVING count(*) > 1
         UNION ALL SELECT min(id)::text FROM drafts GROUP BY user_id, kind, subject_id HAVING count(*) > 1
         UNION ALL SELECT min(id)::text FROM enquiries GROUP BY project_id, asker_id, key_of(words) HAVING count(*) > 1",
    ),
    (
        "more drafts than one may keep",
        "SELECT user_id::text AS found FROM drafts WHERE state = 'KEPT' GROUP BY user_id HAVING count(*) > 50",
    ),
    ("an event told twice", "SELECT min(id)::text AS found FROM webhook_deliveries GROUP BY hook_id, project_id, seq HAVING count(*) > 1"),
];
