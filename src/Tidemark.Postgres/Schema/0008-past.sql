-- Why a former state ended: 0 the next one came, 2 removed, 3 tombstoned. Of a document that was listed again since, nobody noted it; then
-- it counts as removed.
alter table document_history add column ended smallint not null default 0;
update document_history set ended = coalesce(
  (select d.state from document d where d.key = document_history.document and d.sequence = document_history.to_sequence and d.state in (2, 3)),
  case when exists (select 1 from document d where d.key = document_history.document and d.sequence = document_history.to_sequence)
         or exists (select 1 from document_history h
                    where h.document = document_history.document and h.from_sequence = document_history.to_sequence)
       then 0 else 2 end);

-- The first commit as of which everything is still kept. Nobody noted what was given up before, so it begins here.
alter table namespace add column horizon bigint not null default 0;
update namespace set horizon = sequence;
