-- Changes that wait for a worker. docs/storage-format.md explains every column.

-- One for each document of a source. dead: 1 given up. available: from when on it is due; while it is leased (token is not 0),
-- until when. revision: grows with every change that takes its place; token: of the claim. Both come from queue_counter.
CREATE TABLE queue (
  key         INTEGER PRIMARY KEY AUTOINCREMENT,
  namespace   INTEGER NOT NULL,
  source      TEXT NOT NULL,
  document    TEXT NOT NULL,
  source_id   TEXT NOT NULL,
  priority    INTEGER NOT NULL,
  available   INTEGER NOT NULL,
  dead        INTEGER NOT NULL DEFAULT 0,
  token       INTEGER NOT NULL DEFAULT 0,
  revision    INTEGER NOT NULL DEFAULT 0,
  attempts    INTEGER NOT NULL DEFAULT 0,
  losses      INTEGER NOT NULL DEFAULT 0,
  enqueued_at INTEGER NOT NULL,
  version     INTEGER,
  modified_at INTEGER,
  is_delete   INTEGER NOT NULL,
  bytes       INTEGER NOT NULL,
  code        TEXT,
  message     TEXT,
  remedy      TEXT,
  payload     TEXT NOT NULL
);
CREATE UNIQUE INDEX queue_by_document ON queue (namespace, document, source);
CREATE INDEX queue_due ON queue (namespace, priority, available, key, losses, bytes) WHERE dead = 0;
CREATE INDEX queue_dead ON queue (namespace) WHERE dead = 1;
CREATE INDEX queue_by_source_id ON queue (namespace, source_id) WHERE source_id <> document;

CREATE TABLE queue_counter (
  last INTEGER NOT NULL
);
INSERT INTO queue_counter (last) VALUES (0);
