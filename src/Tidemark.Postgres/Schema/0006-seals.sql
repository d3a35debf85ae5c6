-- Numbers by which damage to a row shows, and second copies of the rows that everything hangs on.
-- docs/storage-format.md explains every column.

-- The first eight bytes of a SHA-256 over what the row says; null: written before there were seals. Of a chunk: null where its
-- input is its text, 0 where it was written before there were seals.
alter table document add column seal bigint;
alter table layout add column seal bigint;
alter table embedding add column seal bigint;
alter table chunk add column seal bigint;
update chunk set seal = 0 where generation in (select id from generation where input like '%normalized%');

-- Twice what names and numbers mean: of three that should be equal two are right.
create table catalog (
  kind   text not null,
  id     bigint not null,
  first  text not null,
  second text not null,
  primary key (kind, id)
);
create view catalog_rows as
  select 'namespace' as kind, id::bigint, jsonb_build_array(name)::text as content from namespace
  union all select 'space', id::bigint, jsonb_build_array(name, dimensions)::text from space
  union all select 'source', id::bigint, jsonb_build_array(namespace, name)::text from source
  union all select 'generation', id::bigint, jsonb_build_array(namespace, chunker, input, space)::text from generation;
insert into catalog select kind, id, content, content from catalog_rows;
create function catalog_note() returns trigger language plpgsql as $$
begin
  execute format(
    'insert into %1$I.catalog select kind, id, content, content from %1$I.catalog_rows where kind = $1 and id = $2
     on conflict (kind, id) do update set first = excluded.first, second = excluded.second', tg_table_schema)
    using tg_table_name::text, new.id::bigint;
  return null;
end $$;
create trigger catalog_namespace after insert on namespace for each row execute function catalog_note();
create trigger catalog_space after insert on space for each row execute function catalog_note();
create trigger catalog_source after insert on source for each row execute function catalog_note();
create trigger catalog_generation after insert on generation for each row execute function catalog_note();
