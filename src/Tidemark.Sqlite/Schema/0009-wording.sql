-- By which analysis the texts and queries of all generations are cut into words. The words themselves are made anew after this.
CREATE VIEW wording AS SELECT 'words' AS name, 1 AS version;
