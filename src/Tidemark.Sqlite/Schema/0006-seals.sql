-- Numbers by which damage to a row shows, and second copies of the rows that everything hangs on.
-- docs/storage-format.md explains every column.

-- The first eight bytes of a SHA-256 over what the row says; null: written before there were seals. Of a chunk: null where its
-- input is its text, 0 where it was written before there were seals.
ALTER TABLE document ADD COLUMN seal INTEGER;
ALTER TABLE layout ADD COLUMN seal INTEGER;
ALTER TABLE embedding ADD COLUMN seal INTEGER;
ALTER TABLE chunk ADD COLUMN seal INTEGER;
UPDATE chunk SET seal = 0 WHERE generation IN (SELECT id FROM generation WHERE input LIKE '%normalized%');

-- Twice what names and numbers mean, as JSON: of three that should be equal two are right.
CREATE TABLE catalog (
  kind   TEXT NOT NULL,
  id     INTEGER NOT NULL,
  first  TEXT NOT NULL,
  second TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;
INSERT INTO catalog SELECT 'namespace', id, json_array(name), json_array(name) FROM namespace;
INSERT INTO catalog SELECT 'space', id, json_array(name, dimensions), json_array(name, dimensions) FROM space;
INSERT INTO catalog SELECT 'source', id, json_array(namespace, name), json_array(namespace, name) FROM source;
INSERT INTO catalog SELECT 'generation', id, json_array(namespace, chunker, input, space), json_array(namespace, chunker, input, space)
  FROM generation;
CREATE TRIGGER catalog_namespace AFTER INSERT ON namespace BEGIN
  INSERT OR REPLACE INTO catalog VALUES ('namespace', new.id, json_array(new.name), json_array(new.name));
END;
CREATE TRIGGER catalog_space AFTER INSERT ON space BEGIN
  INSERT OR REPLACE INTO catalog VALUES ('space', new.id, json_array(new.name, new.dimensions), json_array(new.name, new.dimensions));
END;
CREATE TRIGGER catalog_source AFTER INSERT ON source BEGIN
  INSERT OR REPLACE INTO catalog VALUES ('source', new.id, json_array(new.namespace, new.name), json_array(new.namespace, new.name));
END;
CREATE TRIGGER catalog_generation AFTER INSERT ON generation BEGIN
  INSERT OR REPLACE INTO catalog VALUES ('generation', new.id, json_array(new.namespace, new.chunker, new.input, new.space),
    json_array(new.namespace, new.chunker, new.input, new.space));
END;
