-- That keyword indexes have the words of titles beside those of texts, and by which rule a document is called. They are made anew after this.
create view titling as select 'metadata, file'::text as name, 1 as version;
