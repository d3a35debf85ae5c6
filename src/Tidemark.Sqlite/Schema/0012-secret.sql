-- What the store has of its own: the salt under which what was forgotten is remembered, and the key that signs receipts, in base 64.
CREATE TABLE secret (
  id          INTEGER PRIMARY KEY,
  salt        TEXT NOT NULL,
  signing_key TEXT NOT NULL
);
CREATE TRIGGER catalog_secret AFTER INSERT ON secret BEGIN
  INSERT OR REPLACE INTO catalog VALUES ('secret', new.id, json_array(new.salt, new.signing_key), json_array(new.salt, new.signing_key));
END;
