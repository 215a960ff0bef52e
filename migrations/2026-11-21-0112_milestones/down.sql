DROP TRIGGER contracts_planned ON contracts;
DROP FUNCTION contracts_planned;
ALTER TABLE contracts DROP CONSTRAINT contracts_totals, DROP COLUMN approved_total, DROP COLUMN paid_total;
DROP TABLE milestones;
DROP FUNCTION milestones_legal_moves, milestones_agreed_stays;
DROP DOMAIN milestone_status, milestone_place, milestone_title, milestone_amount;
