-- Rules about documents that outlive them: what is held ('hold'), and what was forgotten ('forgotten'), of one document ('document') or of a
-- source id ('source').
CREATE TABLE safeguard (
  id        INTEGER PRIMARY KEY,
  namespace INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  scope     TEXT NOT NULL,
  name      TEXT NOT NULL,
  note      TEXT NOT NULL,
  since     INTEGER NOT NULL
);
CREATE UNIQUE INDEX safeguard_by_name ON safeguard (namespace, kind, scope, name);
CREATE TRIGGER catalog_safeguard AFTER INSERT ON safeguard BEGIN
  INSERT OR REPLACE INTO catalog VALUES ('safeguard', new.id, json_array(new.namespace, new.kind, new.scope, new.name, new.note, new.since),
    json_array(new.namespace, new.kind, new.scope, new.name, new.note, new.since));
END;
