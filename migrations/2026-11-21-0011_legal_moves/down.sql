DROP TRIGGER proposals_legal_moves ON proposals;
DROP TRIGGER projects_legal_moves ON projects;
DROP FUNCTION refuse_move();
