-- Words are cut by another version of the analysis, and made anew after this.
drop view wording;
create view wording as select 'words'::text as name, 2 as version;

-- All chunks of one document, whether a list names them or not: what an erasure takes.
create index chunk_by_document on chunk (document);

-- All chunks of one embedding input: whether something still needs a vector.
create index chunk_by_input on chunk using hash (input);
