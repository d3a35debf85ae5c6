-- Vectors that a graph does not hold yet stand in a child of their table: whoever reads vectors_N reads both. There is one
-- beside each graph.
do $$
declare
  number text;
begin
  for number in
    select g.id::text from generation g where to_regclass(format('vectors_%s_graph', g.id)) is not null
  loop
    execute format('create table vectors_%s_recent (primary key (chunk)) inherits (vectors_%s)', number, number);
    execute format('alter table vectors_%s alter column embedding set statistics 0', number);
    execute format('alter table vectors_%s_recent alter column embedding set statistics 0', number);
  end loop;
end $$;
