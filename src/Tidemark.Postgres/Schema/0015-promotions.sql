-- Which generation has answered from which commit on; before the first of a namespace, the one that it was begun with.
create table promotion (
  namespace  bigint not null,
  sequence   bigint not null,
  generation bigint not null,
  at         bigint not null,
  primary key (namespace, sequence)
);
-- Counts of a generation beside the active one are kept from now on.
update generation g set (documents, chunks) =
  (select count(*), coalesce(sum(cardinality(l.chunks)), 0) from layout l where l.generation = g.id) where state = 0;
