-- The guards of the schema that stand behind the program's own locks: taken down here, so that a twin of an operation
-- that forgets the lock does all the harm it can.
DROP TRIGGER projects_legal_moves ON projects;
DROP TRIGGER proposals_legal_moves ON proposals;
DROP TRIGGER proposals_only_while_open_insert ON proposals;
DROP TRIGGER proposals_only_while_open_update ON proposals;
DROP TRIGGER projects_whole_award_insert ON projects;
DROP TRIGGER projects_whole_award_update ON projects;
DROP TRIGGER proposals_whole_award_insert ON proposals;
DROP TRIGGER proposals_whole_award_update ON proposals;
DROP TRIGGER organisations_keep_an_owner_update ON memberships;
DROP TRIGGER organisations_keep_an_owner_delete ON memberships;
DROP TRIGGER proposal_marks_version_rises ON proposal_marks;
ALTER TABLE projects DROP CONSTRAINT projects_winner_iff_assigned;
ALTER TABLE proposals DROP CONSTRAINT proposals_one_per_freelancer;
ALTER TABLE proposals DROP CONSTRAINT proposals_declined_is_rejected;
DROP INDEX proposals_one_accepted_per_project;
DROP INDEX contracts_one_live_per_project;
DROP INDEX contracts_one_per_proposal;
ALTER TABLE events DROP CONSTRAINT events_pkey;
ALTER TABLE notices DROP CONSTRAINT notices_one_per_event;
DROP TRIGGER enquiries_only_before_the_deadline ON enquiries;
DROP TRIGGER enquiry_answers_only_while_open ON enquiry_answers;
DROP INDEX enquiries_one_per_words;
ALTER TABLE enquiry_answers DROP CONSTRAINT enquiry_answers_pkey;
DROP TRIGGER projects_public_stays_public ON projects;
ALTER TABLE project_invitations DROP CONSTRAINT project_invitations_pkey;
ALTER TABLE saved_searches DROP CONSTRAINT saved_searches_one_per_query;
