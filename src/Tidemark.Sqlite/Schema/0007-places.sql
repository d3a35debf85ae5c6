-- Where a source lay when it was last listed as a whole: relative to the folder of this file. A row of its own, since most sources of
-- programs have no place.
CREATE TABLE source_place (
  source INTEGER PRIMARY KEY,
  place  TEXT NOT NULL
);
