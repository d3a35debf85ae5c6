-- Live documents by the time at which they expire. From now on a document may also be gone (state 4) because its time was over, and a former
-- state may have ended (4) for that.
CREATE INDEX document_expiry ON document (namespace, expires_at) WHERE state = 1 AND expires_at IS NOT NULL;
