-- Notices that were read long ago are cleared out by when they were read.
CREATE INDEX notices_read ON notices (seen_at) WHERE seen_at IS NOT NULL;
