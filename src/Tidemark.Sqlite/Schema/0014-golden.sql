-- Questions by which the quality of search is measured. filter: a JSON array of conditions. expected: a JSON object, ids of documents and their
-- grades. must: 1 none of them may be lost.
CREATE TABLE golden_query (
  id        INTEGER PRIMARY KEY,
  namespace INTEGER NOT NULL,
  query     TEXT NOT NULL,
  filter    TEXT NOT NULL,
  expected  TEXT NOT NULL,
  must      INTEGER NOT NULL,
  since     INTEGER NOT NULL
);
CREATE UNIQUE INDEX golden_query_by_text ON golden_query (namespace, query, filter);
CREATE TRIGGER catalog_golden_query AFTER INSERT ON golden_query BEGIN
  INSERT OR REPLACE INTO catalog VALUES ('golden_query', new.id, json_array(new.namespace, new.query, new.filter, new.expected, new.must, new.since),
    json_array(new.namespace, new.query, new.filter, new.expected, new.must, new.since));
END;

-- What they got. score: the mean, in 10^-9; null: nothing was expected. missed: queries that must find something, and did not. results: a
-- JSON array with what each query got; null: not kept any more.
CREATE TABLE golden_run (
  id         INTEGER PRIMARY KEY,
  namespace  INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  metric     TEXT NOT NULL,
  queries    INTEGER NOT NULL,
  labelled   INTEGER NOT NULL,
  missed     INTEGER NOT NULL,
  score      INTEGER,
  results    TEXT
);
CREATE INDEX golden_run_by_namespace ON golden_run (namespace, id);
