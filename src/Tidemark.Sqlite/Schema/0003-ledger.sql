-- What was paid, why each vector was made, what unchanged documents would cost, and how late changes were.
-- docs/storage-format.md explains every column. Money is in 10^-12 USD; a price in 10^-12 USD a token, which is the same
-- number as millionths of a USD for a million tokens.

-- cause: 0 unknown, 1 text, 2 chunker, 3 model, 4 template, 5 force, 6 supplied, 7 repair
ALTER TABLE embedding ADD COLUMN run INTEGER NOT NULL DEFAULT 0;
ALTER TABLE embedding ADD COLUMN cause INTEGER NOT NULL DEFAULT 0;
ALTER TABLE embedding ADD COLUMN tokens INTEGER NOT NULL DEFAULT 0;

-- Written in the transaction that stores the vectors. month: year * 12 + month - 1, UTC. cause: as of an embedding. price,
-- cost: null where no price was known; unpriced: the tokens of which none was known.
CREATE TABLE ledger (
  month     INTEGER NOT NULL,
  run       INTEGER NOT NULL,
  space     INTEGER NOT NULL,
  cause     INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  requests  INTEGER NOT NULL,
  inputs    INTEGER NOT NULL,
  tokens    INTEGER NOT NULL,
  estimated INTEGER NOT NULL,
  price     INTEGER,
  cost      INTEGER NOT NULL,
  unpriced  INTEGER NOT NULL,
  PRIMARY KEY (month, run, space, cause)
) WITHOUT ROWID;
CREATE INDEX ledger_by_run ON ledger (run);

-- Estimated tokens of the chunks of a layout, and of a source's live chunks.
ALTER TABLE layout ADD COLUMN tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN chunks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN tokens INTEGER NOT NULL DEFAULT 0;
UPDATE layout SET tokens = t.tokens
FROM (
  SELECT generation, document, sum((length(CAST(text AS BLOB)) + 3) / 4) AS tokens
  FROM chunk WHERE to_sequence IS NULL GROUP BY generation, document
) t
WHERE layout.generation = t.generation AND layout.document = t.document;
UPDATE source SET chunks = t.chunks, tokens = t.tokens
FROM (
  SELECT d.source AS source, sum(l.chunks) AS chunks, sum(l.tokens) AS tokens
  FROM namespace n
  JOIN document d ON d.namespace = n.id AND d.state = 1
  JOIN layout l ON l.generation = n.generation AND l.document = d.key
  GROUP BY d.source
) t
WHERE source.id = t.source;

-- How long changes took from their source into the index: for each hour (since 1970-01-01 UTC) how many took how long.
-- kind: 0 a change, 1 the first load of a source. lag: position on a logarithmic scale.
CREATE TABLE freshness (
  namespace INTEGER NOT NULL,
  hour      INTEGER NOT NULL,
  kind      INTEGER NOT NULL,
  lag       INTEGER NOT NULL,
  changes   INTEGER NOT NULL,
  PRIMARY KEY (namespace, hour, kind, lag)
) WITHOUT ROWID;
