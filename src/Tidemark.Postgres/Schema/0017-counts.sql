-- Counts of a source in a generation beside the one that answers; those of the one that answers stand in source.
create table source_count (
  generation bigint not null,
  source     bigint not null,
  chunks     bigint not null,
  tokens     bigint not null,
  primary key (generation, source)
);
insert into source_count (generation, source, chunks, tokens)
  select l.generation, d.source, sum(cardinality(l.chunks)), sum(least(l.tokens, 1::bigint << 53))
  from generation g join layout l on l.generation = g.id join document d on d.key = l.document
  where g.state in (0, 3, 4) group by l.generation, d.source;
-- While a namespace has a row, document.chunks are those of that generation and not of the one that answers: the next write counts them anew.
create table recount (
  namespace  bigint primary key,
  generation bigint not null
);
create index document_without_text on document (namespace, chunks) where state = 1 and chunks = 0;
create index document_by_time on document (namespace, modified_at) where modified_at is not null;
