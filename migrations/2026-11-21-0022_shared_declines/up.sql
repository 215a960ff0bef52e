-- Whether the freelancer is told of a decline and its reason once the project has been decided. Means something beside
-- declined_at only; each decline says it anew.
ALTER TABLE proposals ADD COLUMN decline_shared boolean NOT NULL DEFAULT false;
