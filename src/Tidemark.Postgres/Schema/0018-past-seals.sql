-- What former states and queued changes say is under a seal as well: of a state the one that its document had while it was live, of a
-- change that of its payload. Null: written before there were those.
alter table document_history add column seal bigint;
alter table queue add column seal bigint;
