-- External vector indexes and what they have not got yet. docs/storage-format.md explains every column.

-- By what an external index knows a namespace of this very store.
create table index_owner (
  namespace bigint primary key,
  owner     text not null
);

-- Generations whose vectors are indexed outside. stamp: grows whenever a document is published.
create table external_index (
  generation  bigint primary key,
  location    text not null,
  incarnation text,
  stamp       bigint not null default 0
) with (fillfactor = 50);

-- Changes that the external index has not acknowledged; one for an entry, which is a chunk and the sequence that opened it.
-- change: 0 put, 1 patch, 2 delete
create sequence outbox_position;
create table outbox (
  position   bigint primary key default nextval('outbox_position'),
  generation bigint not null,
  document   bigint not null,
  chunk      bigint not null,
  opened     bigint not null,
  change     smallint not null,
  at         bigint not null
);
create unique index outbox_entry on outbox (generation, chunk, opened);
create index outbox_write on outbox (generation, position) where change < 2;
create index outbox_delete on outbox (generation, position) where change = 2;
create index outbox_put on outbox (generation, document) where change = 0;

-- Documents that are found in a former version: the sequence of that version, 0 where they are not found yet.
-- text_hash: of a new document, and of a removed one that is found until the new one is that has its text.
create table unpublished (
  generation bigint not null,
  document   bigint not null,
  sequence   bigint not null,
  text_hash  bytea,
  primary key (generation, document)
);
create index unpublished_by_text on unpublished (generation, text_hash) where text_hash is not null;
