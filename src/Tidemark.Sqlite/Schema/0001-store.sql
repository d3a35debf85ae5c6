-- Format 1. docs/storage-format.md explains every column, its unit and its invariants.
-- Times are ticks of 100 ns since 1970-01-01 UTC. Hashes are 32 bytes of SHA-256.

CREATE TABLE namespace (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  name       TEXT NOT NULL UNIQUE,
  sequence   INTEGER NOT NULL DEFAULT 0,
  generation INTEGER
);

CREATE TABLE space (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  dimensions INTEGER NOT NULL
);

-- state: 0 building, 1 active, 2 retired (only closed chunks are left of it)
CREATE TABLE generation (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  namespace  INTEGER NOT NULL,
  chunker    TEXT NOT NULL,
  input      TEXT NOT NULL,
  space      INTEGER NOT NULL,
  state      INTEGER NOT NULL,
  documents  INTEGER NOT NULL DEFAULT 0,
  chunks     INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX generation_by_namespace ON generation (namespace, state);

CREATE TABLE source (
  id        INTEGER PRIMARY KEY,
  namespace INTEGER NOT NULL,
  name      TEXT NOT NULL,
  documents INTEGER NOT NULL DEFAULT 0,
  UNIQUE (namespace, name)
);

-- Only source ids that differ from the id of their document; document.source_id 0 means: its own id.
CREATE TABLE source_id (
  id        INTEGER PRIMARY KEY,
  namespace INTEGER NOT NULL,
  value     TEXT NOT NULL,
  UNIQUE (namespace, value)
);

-- outcome: 0 succeeded, 1 partial, 2 guarded, 3 budget, 4 cancelled, 5 failed; null while it runs
CREATE TABLE run (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  namespace   INTEGER NOT NULL,
  command     TEXT NOT NULL,
  sources     TEXT NOT NULL,
  started_at  INTEGER NOT NULL,
  finished_at INTEGER,
  outcome     INTEGER,
  complete    INTEGER NOT NULL DEFAULT 0,
  report      TEXT
);
CREATE INDEX run_by_namespace ON run (namespace);
CREATE INDEX run_complete ON run (namespace, finished_at) WHERE complete = 1;
CREATE INDEX run_open ON run (namespace) WHERE finished_at IS NULL;

CREATE TABLE commit_log (
  namespace INTEGER NOT NULL,
  sequence  INTEGER NOT NULL,
  run       INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  PRIMARY KEY (namespace, sequence)
) WITHOUT ROWID;

-- state: 1 live, 2 removed, 3 tombstoned
CREATE TABLE document (
  key         INTEGER PRIMARY KEY,
  namespace   INTEGER NOT NULL,
  id          TEXT NOT NULL,
  state       INTEGER NOT NULL,
  repeats     INTEGER NOT NULL,
  source      INTEGER NOT NULL,
  source_id   INTEGER NOT NULL,
  sequence    INTEGER NOT NULL,
  chunks      INTEGER NOT NULL,
  token       BLOB,
  text_hash   BLOB,
  run         INTEGER NOT NULL,
  version     INTEGER,
  modified_at INTEGER,
  expires_at  INTEGER,
  tier        TEXT,
  metadata    TEXT
);
CREATE UNIQUE INDEX document_by_id ON document (namespace, id);
CREATE INDEX document_by_source ON document (source) WHERE state = 1;

-- Only where the chunks do not add up to the text and the text is kept.
CREATE TABLE document_text (
  document INTEGER PRIMARY KEY,
  text     TEXT NOT NULL
);

-- The chunks of one document in one generation, in order: keys, spans, headings.
CREATE TABLE layout (
  generation   INTEGER NOT NULL,
  document     INTEGER NOT NULL,
  sequence     INTEGER NOT NULL,
  chunks       INTEGER NOT NULL,
  is_partition INTEGER NOT NULL,
  entries      BLOB NOT NULL,
  PRIMARY KEY (generation, document)
) WITHOUT ROWID;

CREATE TABLE chunk (
  key           INTEGER PRIMARY KEY,
  generation    INTEGER NOT NULL,
  document      INTEGER NOT NULL,
  occurrence    INTEGER NOT NULL,
  from_sequence INTEGER NOT NULL,
  to_sequence   INTEGER,
  input         BLOB NOT NULL,
  text          TEXT NOT NULL
);
CREATE INDEX chunk_closed ON chunk (generation, to_sequence) WHERE to_sequence IS NOT NULL;

-- Former live states of documents: valid from from_sequence up to, not including, to_sequence.
CREATE TABLE document_history (
  key           INTEGER PRIMARY KEY,
  document      INTEGER NOT NULL,
  from_sequence INTEGER NOT NULL,
  to_sequence   INTEGER NOT NULL,
  generation    INTEGER NOT NULL,
  source        INTEGER NOT NULL,
  source_id     INTEGER NOT NULL,
  run           INTEGER NOT NULL,
  text_hash     BLOB,
  version       INTEGER,
  modified_at   INTEGER,
  expires_at    INTEGER,
  tier          TEXT,
  metadata      TEXT,
  is_partition  INTEGER NOT NULL,
  entries       BLOB NOT NULL,
  text          TEXT
);
CREATE INDEX document_history_by_document ON document_history (document, to_sequence);

-- Unique by (space, input): the one writer looks before it inserts. The index holds only the first bytes of the input
-- hash, so that it stays in the cache at millions of rows.
CREATE TABLE embedding (
  key       INTEGER PRIMARY KEY,
  space     INTEGER NOT NULL,
  prefix    INTEGER NOT NULL,
  stored_at INTEGER NOT NULL,
  input     BLOB NOT NULL,
  vector    BLOB NOT NULL
);
CREATE INDEX embedding_by_prefix ON embedding (space, prefix);
