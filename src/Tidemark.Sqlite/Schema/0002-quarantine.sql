-- What embedding models refuse. docs/storage-format.md explains every column.

-- Inputs that a model refuses, by the document that needs them; they are not sent again.
CREATE TABLE quarantine (
  namespace TEXT NOT NULL,
  document  TEXT NOT NULL,
  space     TEXT NOT NULL,
  input     BLOB NOT NULL,
  code      TEXT NOT NULL,
  message   TEXT NOT NULL,
  since     INTEGER NOT NULL,
  PRIMARY KEY (namespace, document, space, input)
) WITHOUT ROWID;
CREATE INDEX quarantine_by_input ON quarantine (space, input);
