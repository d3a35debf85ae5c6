-- Format 1. docs/storage-format.md explains every column, its unit and its invariants.
-- Times are ticks of 100 ns since 1970-01-01 UTC (see moment). Hashes are 32 bytes of SHA-256. In texts U+0000, which
-- PostgreSQL cannot hold, is written as U+0001 U+0001, and U+0001 as U+0001 U+0002.

create table store (
  format integer not null
);

create function moment(ticks bigint) returns timestamptz
  language sql immutable strict parallel safe
  return to_timestamp(ticks / 10000000::numeric);

-- sequence: the last commit sequence handed out. fence: raised by whoever takes the namespace alone.
create table namespace (
  id         bigint generated always as identity primary key,
  name       text collate "C" not null unique,
  sequence   bigint not null default 0,
  fence      bigint not null default 0,
  generation bigint
) with (fillfactor = 50);

create table space (
  id         bigint generated always as identity primary key,
  name       text collate "C" not null unique,
  dimensions integer not null
);

-- state: 0 building, 1 active, 2 retired (only closed chunks are left of it)
create table generation (
  id         bigint generated always as identity primary key,
  namespace  bigint not null,
  chunker    text not null,
  input      text not null,
  space      bigint not null,
  state      smallint not null,
  documents  bigint not null default 0,
  chunks     bigint not null default 0
) with (fillfactor = 50);
create index generation_by_namespace on generation (namespace);

create table source (
  id        bigint generated always as identity primary key,
  namespace bigint not null,
  name      text collate "C" not null,
  documents bigint not null default 0,
  chunks    bigint not null default 0,
  tokens    bigint not null default 0,
  unique (namespace, name)
) with (fillfactor = 50);

-- Only source ids that differ from the id of their document; document.source_id 0 means: its own id.
create table source_id (
  id         bigint generated always as identity primary key,
  namespace  bigint not null,
  value      text collate "C" not null,
  long_value text,
  unique (namespace, value)
);

-- outcome: 0 succeeded, 1 partial, 2 guarded, 3 budget, 4 cancelled, 5 failed; null while it runs
create table run (
  id          bigint generated always as identity primary key,
  namespace   bigint not null,
  command     text not null,
  sources     text not null,
  started_at  bigint not null,
  finished_at bigint,
  outcome     smallint,
  complete    boolean not null default false,
  report      text
);
create index run_by_namespace on run (namespace, id);
create index run_complete on run (namespace, finished_at) where complete;
create index run_open on run (namespace) where finished_at is null;

create table commit_log (
  namespace bigint not null,
  sequence  bigint not null,
  run       bigint not null,
  at        bigint not null,
  primary key (namespace, sequence)
);

-- state: 1 live, 2 removed, 3 tombstoned. id: shortened with a hash at its end where long_id has the whole.
-- facets: a hash of every path and value of the metadata, what filters ask for first.
create sequence document_key;
create table document (
  key         bigint primary key,
  namespace   bigint not null,
  id          text collate "C" not null,
  long_id     text,
  state       smallint not null,
  repeats     boolean not null,
  source      bigint not null,
  source_id   bigint not null,
  sequence    bigint not null,
  chunks      integer not null,
  token       bytea,
  text_hash   bytea,
  run         bigint not null,
  version     bigint,
  modified_at bigint,
  expires_at  bigint,
  tier        text,
  metadata    text,
  facets      bigint[],
  unique (namespace, id)
) with (fillfactor = 90);
create index document_by_source on document (source, key) where state = 1;
create index document_by_facet on document using gin (facets) where state = 1;

-- Only where the chunks do not add up to the text and the text is kept.
create table document_text (
  document bigint primary key,
  text     text not null
);

-- The chunks of one document in one generation, in order: keys, spans in UTF-16 code units, headings (null: none at all).
create table layout (
  generation   bigint not null,
  document     bigint not null,
  sequence     bigint not null,
  is_partition boolean not null,
  tokens       bigint not null,
  chunks       bigint[] not null,
  starts       integer[] not null,
  lengths      integer[] not null,
  headings     text[],
  primary key (generation, document)
);

create sequence chunk_key;
create table chunk (
  key           bigint primary key,
  generation    bigint not null,
  document      bigint not null,
  occurrence    integer not null,
  from_sequence bigint not null,
  to_sequence   bigint,
  tokens        integer not null,
  input         bytea not null,
  text          text not null
);
create index chunk_closed on chunk (generation, to_sequence) where to_sequence is not null;

-- Former live states of documents: valid from from_sequence up to, not including, to_sequence.
create table document_history (
  key           bigint generated always as identity primary key,
  document      bigint not null,
  from_sequence bigint not null,
  to_sequence   bigint not null,
  generation    bigint not null,
  source        bigint not null,
  source_id     bigint not null,
  run           bigint not null,
  text_hash     bytea,
  version       bigint,
  modified_at   bigint,
  expires_at    bigint,
  tier          text,
  metadata      text,
  is_partition  boolean not null,
  chunks        bigint[] not null,
  starts        integer[] not null,
  lengths       integer[] not null,
  headings      text[],
  text          text
);
create index document_history_by_document on document_history (document, to_sequence);

-- cause: 0 unknown, 1 text, 2 chunker, 3 model, 4 template, 5 force, 6 supplied, 7 repair
create table embedding (
  space     bigint not null,
  input     bytea not null,
  stored_at bigint not null,
  run       bigint not null,
  cause     smallint not null,
  tokens    bigint not null,
  vector    vector not null,
  primary key (space, input)
);

-- Money is in 10^-12 USD; a price in 10^-12 USD a token. month: year * 12 + month - 1, UTC.
create table ledger (
  month     integer not null,
  run       bigint not null,
  space     bigint not null,
  cause     smallint not null,
  at        bigint not null,
  requests  bigint not null,
  inputs    bigint not null,
  tokens    bigint not null,
  estimated bigint not null,
  price     bigint,
  cost      bigint not null,
  unpriced  bigint not null,
  primary key (month, run, space, cause)
) with (fillfactor = 50);
create index ledger_by_run on ledger (run);

-- Inputs that a model refuses, by the document that needs them; they are not sent again.
create table quarantine (
  namespace text not null,
  document  text not null,
  space     text not null,
  input     bytea not null,
  code      text not null,
  message   text not null,
  since     bigint not null
);
create index quarantine_by_document on quarantine (md5(document));
create index quarantine_by_input on quarantine (input);

-- How long changes took from their source into the index: for each hour (since 1970-01-01 UTC) how many took how long.
-- kind: 0 a change, 1 the first load of a source. lag: position on a logarithmic scale.
create table freshness (
  namespace bigint not null,
  hour      bigint not null,
  kind      smallint not null,
  lag       integer not null,
  changes   bigint not null,
  primary key (namespace, hour, kind, lag)
) with (fillfactor = 50);
