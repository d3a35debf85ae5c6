-- Counts of a source in a generation beside the one that answers; those of the one that answers stand in source.
CREATE TABLE source_count (
  generation INTEGER NOT NULL,
  source     INTEGER NOT NULL,
  chunks     INTEGER NOT NULL,
  tokens     INTEGER NOT NULL,
  PRIMARY KEY (generation, source)
) WITHOUT ROWID;
INSERT INTO source_count (generation, source, chunks, tokens)
  SELECT l.generation, d.source, sum(l.chunks), sum(min(l.tokens, 1 << 53))
  FROM generation g JOIN layout l ON l.generation = g.id JOIN document d ON d.key = l.document
  WHERE g.state IN (0, 3, 4) GROUP BY l.generation, d.source;
-- While a namespace has a row, document.chunks are those of that generation and not of the one that answers: the next write counts them anew.
CREATE TABLE recount (
  namespace  INTEGER PRIMARY KEY,
  generation INTEGER NOT NULL
);
CREATE INDEX document_without_text ON document (namespace, chunks) WHERE state = 1 AND chunks = 0;
CREATE INDEX document_by_time ON document (namespace, modified_at) WHERE modified_at IS NOT NULL;
