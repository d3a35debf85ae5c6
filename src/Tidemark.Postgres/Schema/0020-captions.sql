-- That keyword indexes have the words of headings beside those of titles, as one field, also where vectors are indexed outside. They are made
-- anew after this.
create view captioning as select 'title, headings'::text as name, 1 as version;
