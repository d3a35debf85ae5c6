-- Where a source lay stands twice more in catalog, as what everything hangs on does; of a commit the sum of its numbers (sequence + run + at)
-- stands beside them, by which a change to one of them shows.
alter table source_place rename column source to id;
drop view if exists catalog_rows;
create view catalog_rows as
  select 'namespace' as kind, id::bigint, jsonb_build_array(name)::text as content from namespace
  union all select 'space', id::bigint, jsonb_build_array(name, dimensions)::text from space
  union all select 'source', id::bigint, jsonb_build_array(namespace, name)::text from source
  union all select 'generation', id::bigint, jsonb_build_array(namespace, chunker, input, space)::text from generation
  union all select 'safeguard', id::bigint, jsonb_build_array(namespace, kind, scope, name, note, since)::text from safeguard
  union all select 'secret', id::bigint, jsonb_build_array(salt, signing_key)::text from secret
  union all select 'golden_query', id::bigint, jsonb_build_array(namespace, query, filter, expected, must, since)::text from golden_query
  union all select 'source_place', id::bigint, jsonb_build_array(place)::text from source_place;
insert into catalog select kind, id, content, content from catalog_rows where kind = 'source_place'
  on conflict (kind, id) do update set first = excluded.first, second = excluded.second;
create trigger catalog_source_place after insert on source_place for each row execute function catalog_note();
alter table commit_log add column total bigint not null default 0;
update commit_log set total = sequence + run + at where abs(sequence::numeric) + abs(run) + abs(at) < 9e18;
