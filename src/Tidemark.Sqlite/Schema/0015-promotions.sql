-- Which generation has answered from which commit on; before the first of a namespace, the one that it was begun with.
CREATE TABLE promotion (
  namespace  INTEGER NOT NULL,
  sequence   INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (namespace, sequence)
) WITHOUT ROWID;
-- Counts of a generation beside the active one are kept from now on.
UPDATE generation SET (documents, chunks) =
  (SELECT count(*), coalesce(sum(l.chunks), 0) FROM layout l WHERE l.generation = generation.id) WHERE state = 0;
