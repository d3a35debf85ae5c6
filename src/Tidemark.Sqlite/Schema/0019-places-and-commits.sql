-- Where a source lay stands twice more in catalog, as what everything hangs on does; of a commit the sum of its numbers (sequence + run + at)
-- stands beside them, by which a change to one of them shows.
ALTER TABLE source_place RENAME COLUMN source TO id;
INSERT OR REPLACE INTO catalog SELECT 'source_place', id, json_array(place), json_array(place) FROM source_place;
CREATE TRIGGER catalog_source_place AFTER INSERT ON source_place BEGIN
  INSERT OR REPLACE INTO catalog VALUES ('source_place', new.id, json_array(new.place), json_array(new.place));
END;
ALTER TABLE commit_log ADD COLUMN total INTEGER NOT NULL DEFAULT 0;
UPDATE commit_log SET total = sequence + run + at;
