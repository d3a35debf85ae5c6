-- Changes that wait for a worker. docs/storage-format.md explains every column.

-- The server's clock, in ticks of 100 ns since 1970-01-01 UTC: workers' own clocks do not matter.
create function ticks() returns bigint
  language sql volatile parallel safe
  return (extract(epoch from clock_timestamp()) * 10000000)::bigint;

create function queue_identity(source text, document text) returns bytea
  language sql immutable strict parallel safe
  return sha256(convert_to(source, 'UTF8') || '\x00'::bytea || convert_to(document, 'UTF8'));

-- Tokens of claims and revisions of changes.
create sequence queue_number cache 1;

-- One for each document of a source. dead: 1 given up. available: from when on it is due; while it is leased (token is not 0),
-- until when. Unique by namespace and identity, a SHA-256 of source and document, whatever their lengths.
create table queue (
  key         bigint generated always as identity primary key,
  namespace   bigint not null,
  source      text not null,
  document    text not null,
  source_id   text not null,
  identity    bytea not null generated always as (queue_identity(source, document)) stored,
  priority    smallint not null,
  available   bigint not null,
  dead        smallint not null default 0,
  token       bigint not null default 0,
  revision    bigint not null default 0,
  attempts    integer not null default 0,
  losses      integer not null default 0,
  enqueued_at bigint not null,
  version     bigint,
  modified_at bigint,
  is_delete   smallint not null,
  bytes       bigint not null,
  code        text,
  message     text,
  remedy      text,
  payload     text not null
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_scale_factor = 0.05);
create unique index queue_by_identity on queue (namespace, identity);
create index queue_due on queue (namespace, priority, available, key) where dead = 0;
create index queue_dead on queue (namespace) where dead = 1;
create index queue_by_source_id on queue (namespace, md5(source_id)) where source_id <> document;
