DROP TRIGGER proposals_legal_moves ON proposals;
DROP FUNCTION proposals_legal_moves();
DROP TRIGGER projects_legal_moves ON projects;
DROP FUNCTION projects_legal_moves();
