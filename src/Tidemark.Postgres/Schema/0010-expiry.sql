-- Live documents by the time at which they expire. From now on a document may also be gone (state 4) because its time was over, and a former
-- state may have ended (4) for that.
create index document_expiry on document (namespace, expires_at) where state = 1 and expires_at is not null;
