-- What former states and queued changes say is under a seal as well: of a state the one that its document had while it was live, of a
-- change that of its payload. Null: written before there were those.
ALTER TABLE document_history ADD COLUMN seal INTEGER;
ALTER TABLE queue ADD COLUMN seal INTEGER;
