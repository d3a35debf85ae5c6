-- What a service remembers beside the index. value: JSON by custom. at: lists go by it. expires_at: from then on it is in no answer; null: never.
CREATE TABLE service_entry (
  kind       TEXT NOT NULL,
  key        TEXT NOT NULL,
  value      TEXT NOT NULL,
  at         INTEGER NOT NULL,
  expires_at INTEGER,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX service_entry_by_time ON service_entry (kind, at, key);
CREATE INDEX service_entry_by_expiry ON service_entry (expires_at) WHERE expires_at IS NOT NULL;
