-- Words are cut by another version of the analysis, and made anew after this.
DROP VIEW wording;
CREATE VIEW wording AS SELECT 'words' AS name, 2 AS version;

-- All chunks of one document, whether a list names them or not: what an erasure takes.
CREATE INDEX chunk_by_document ON chunk (document);

-- All chunks of one embedding input (its first 5 bytes, so that the index stays in the cache): whether something still needs a vector.
CREATE INDEX chunk_by_input ON chunk (substr(input, 1, 5));
