-- External vector indexes and what they have not got yet. docs/storage-format.md explains every column.

-- By what an external index knows a namespace of this very store.
CREATE TABLE index_owner (
  namespace INTEGER PRIMARY KEY,
  owner     TEXT NOT NULL
);

-- Generations whose vectors are indexed outside. stamp: grows whenever a document is published.
CREATE TABLE external_index (
  generation  INTEGER PRIMARY KEY,
  location    TEXT NOT NULL,
  incarnation TEXT,
  stamp       INTEGER NOT NULL DEFAULT 0
);

-- Changes that the external index has not acknowledged; one for an entry, which is a chunk and the sequence that opened it.
-- change: 0 put, 1 patch, 2 delete
CREATE TABLE outbox (
  position   INTEGER PRIMARY KEY AUTOINCREMENT,
  generation INTEGER NOT NULL,
  document   INTEGER NOT NULL,
  chunk      INTEGER NOT NULL,
  opened     INTEGER NOT NULL,
  change     INTEGER NOT NULL,
  at         INTEGER NOT NULL
);
CREATE UNIQUE INDEX outbox_entry ON outbox (generation, chunk, opened);
CREATE INDEX outbox_write ON outbox (generation, position) WHERE change < 2;
CREATE INDEX outbox_delete ON outbox (generation, position) WHERE change = 2;
CREATE INDEX outbox_put ON outbox (generation, document) WHERE change = 0;

-- Documents that are found in a former version: the sequence of that version, 0 where they are not found yet.
-- text_hash: of a new document, and of a removed one that is found until the new one is that has its text.
CREATE TABLE unpublished (
  generation INTEGER NOT NULL,
  document   INTEGER NOT NULL,
  sequence   INTEGER NOT NULL,
  text_hash  BLOB,
  PRIMARY KEY (generation, document)
) WITHOUT ROWID;
CREATE INDEX unpublished_by_text ON unpublished (generation, text_hash) WHERE text_hash IS NOT NULL;
