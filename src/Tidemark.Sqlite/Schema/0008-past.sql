-- Why a former state ended: 0 the next one came, 2 removed, 3 tombstoned. Of a document that was listed again since, nobody noted it; then
-- it counts as removed.
ALTER TABLE document_history ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;
UPDATE document_history SET ended = coalesce(
  (SELECT d.state FROM document d WHERE d.key = document_history.document AND d.sequence = document_history.to_sequence AND d.state IN (2, 3)),
  CASE WHEN EXISTS (SELECT 1 FROM document d WHERE d.key = document_history.document AND d.sequence = document_history.to_sequence)
         OR EXISTS (SELECT 1 FROM document_history h
                    WHERE h.document = document_history.document AND h.from_sequence = document_history.to_sequence)
       THEN 0 ELSE 2 END);

-- The first commit as of which everything is still kept. Nobody noted what was given up before, so it begins here.
ALTER TABLE namespace ADD COLUMN horizon INTEGER NOT NULL DEFAULT 0;
UPDATE namespace SET horizon = sequence;
