-- That keyword indexes have the words of headings beside those of titles, as one field, also where vectors are indexed outside. They are made
-- anew after this.
CREATE VIEW captioning AS SELECT 'title, headings' AS name, 1 AS version;
