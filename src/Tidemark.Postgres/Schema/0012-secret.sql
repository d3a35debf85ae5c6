-- What the store has of its own: the salt under which what was forgotten is remembered, and the key that signs receipts, in base 64.
create table secret (
  id          bigint generated always as identity primary key,
  salt        text not null,
  signing_key text not null
);
drop view if exists catalog_rows;
create view catalog_rows as
  select 'namespace' as kind, id::bigint, jsonb_build_array(name)::text as content from namespace
  union all select 'space', id::bigint, jsonb_build_array(name, dimensions)::text from space
  union all select 'source', id::bigint, jsonb_build_array(namespace, name)::text from source
  union all select 'generation', id::bigint, jsonb_build_array(namespace, chunker, input, space)::text from generation
  union all select 'safeguard', id::bigint, jsonb_build_array(namespace, kind, scope, name, note, since)::text from safeguard
  union all select 'secret', id::bigint, jsonb_build_array(salt, signing_key)::text from secret;
create trigger catalog_secret after insert on secret for each row execute function catalog_note();
