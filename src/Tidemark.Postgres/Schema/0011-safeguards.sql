-- Rules about documents that outlive them: what is held ('hold'), and what was forgotten ('forgotten'), of one document ('document') or of a
-- source id ('source').
create table safeguard (
  id        bigint generated always as identity primary key,
  namespace bigint not null,
  kind      text not null,
  scope     text not null,
  name      text not null,
  note      text not null,
  since     bigint not null
);
create index safeguard_by_namespace on safeguard (namespace, kind);
drop view if exists catalog_rows;
create view catalog_rows as
  select 'namespace' as kind, id::bigint, jsonb_build_array(name)::text as content from namespace
  union all select 'space', id::bigint, jsonb_build_array(name, dimensions)::text from space
  union all select 'source', id::bigint, jsonb_build_array(namespace, name)::text from source
  union all select 'generation', id::bigint, jsonb_build_array(namespace, chunker, input, space)::text from generation
  union all select 'safeguard', id::bigint, jsonb_build_array(namespace, kind, scope, name, note, since)::text from safeguard;
create trigger catalog_safeguard after insert on safeguard for each row execute function catalog_note();
