-- That keyword indexes have the words of titles beside those of texts, and by which rule a document is called. They are made anew after this.
CREATE VIEW titling AS SELECT 'metadata, file' AS name, 1 AS version;
