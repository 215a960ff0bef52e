ALTER TABLE projects DROP CONSTRAINT projects_accepted_is_own_proposal;
DROP TABLE proposals;
DROP DOMAIN proposal_status, proposal_amount, proposal_days, proposal_cover_letter, proposal_questions, proposal_answers,
    proposal_milestones, proposal_decline_reason;
