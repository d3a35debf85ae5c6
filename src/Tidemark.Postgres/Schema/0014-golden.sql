-- Questions by which the quality of search is measured. filter: a JSON array of conditions. expected: a JSON object, ids of documents and their
-- grades. must: 1 none of them may be lost.
create table golden_query (
  id        bigint generated always as identity primary key,
  namespace bigint not null,
  query     text not null,
  filter    text not null,
  expected  text not null,
  must      smallint not null,
  since     bigint not null
);
create index golden_query_by_text on golden_query (namespace, md5(query));
drop view if exists catalog_rows;
create view catalog_rows as
  select 'namespace' as kind, id::bigint, jsonb_build_array(name)::text as content from namespace
  union all select 'space', id::bigint, jsonb_build_array(name, dimensions)::text from space
  union all select 'source', id::bigint, jsonb_build_array(namespace, name)::text from source
  union all select 'generation', id::bigint, jsonb_build_array(namespace, chunker, input, space)::text from generation
  union all select 'safeguard', id::bigint, jsonb_build_array(namespace, kind, scope, name, note, since)::text from safeguard
  union all select 'secret', id::bigint, jsonb_build_array(salt, signing_key)::text from secret
  union all select 'golden_query', id::bigint, jsonb_build_array(namespace, query, filter, expected, must, since)::text from golden_query;
create trigger catalog_golden_query after insert on golden_query for each row execute function catalog_note();

-- What they got. score: the mean, in 10^-9; null: nothing was expected. missed: queries that must find something, and did not. results: a
-- JSON array with what each query got; null: not kept any more.
create table golden_run (
  id         bigint generated always as identity primary key,
  namespace  bigint not null,
  generation bigint not null,
  at         bigint not null,
  metric     text not null,
  queries    bigint not null,
  labelled   bigint not null,
  missed     bigint not null,
  score      bigint,
  results    text
);
create index golden_run_by_namespace on golden_run (namespace, id);
