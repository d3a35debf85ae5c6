using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>What a plan has found so far.</summary>
internal sealed class PlannedChanges
{
    private readonly List<PlannedChange> _changes = [];
    private readonly Dictionary<ContentHash, Queue<(int Position, DocumentKey Key)>> _addedByText = [];

    public IReadOnlyList<PlannedChange> Changes => _changes;

    /// <param name="decision">What would be done.</param>
    /// <param name="key">The document's, also where it would be new.</param>
    /// <param name="embedded">What would be embedded for it.</param>
    public void Note(Decision decision, DocumentKey key, (long Inputs, long Tokens) embedded)
    {
        var (change, reason) = Explain(decision);
        if (change is null)
        {
            return;
        }

        if (decision is { Verdict: Verdict.Added, Write: DocumentWrite.Put put })
        {
            if (!_addedByText.TryGetValue(put.TextHash, out var positions))
            {
                _addedByText.Add(put.TextHash, positions = new Queue<(int, DocumentKey)>());
            }

            positions.Enqueue((_changes.Count, key));
        }

        var chunks = decision.Chunks;
        _changes.Add(new PlannedChange(
            decision.Id,
            change,
            reason,
            new ChunkCounts(chunks.Added, chunks.Patched, chunks.Unchanged + chunks.Patched, chunks.Closed),
            embedded.Tokens)
        {
            Changed = decision.Changed,
            By = decision.By,
            Embedded = embedded.Inputs,
            Digest = DecisionDigest.Of(decision.Write),
        });
    }

    /// <summary>Notes a document of a generation that would be built anew.</summary>
    public void NoteRebuilt(RebuiltDocument document, EmbeddingCause cause, (long Inputs, long Tokens) embedded) =>
        _changes.Add(new PlannedChange(
            document.Write.Id,
            "rebuilt",
            PipelineComparison.NameOf(cause),
            new ChunkCounts(document.Write.Chunks.Count, 0, 0, document.Former.Chunks.Count),
            embedded.Tokens)
        {
            Changed = document.Changed,
            Embedded = embedded.Inputs,
            Digest = document.Former.TextHash,
        });

    /// <summary>How many of the documents that would be added and stay have each of these texts.</summary>
    public IReadOnlyDictionary<ContentHash, int> CountArrived(KeySet added, IReadOnlySet<ContentHash> texts)
    {
        var arrived = new Dictionary<ContentHash, int>();
        foreach (var text in texts.Where(_addedByText.ContainsKey))
        {
            var positions = new Queue<(int, DocumentKey Key)>(_addedByText[text].Where(position => added.Contains(position.Key.Value)));
            (_addedByText[text], arrived[text]) = (positions, positions.Count);
        }

        return arrived;
    }

    /// <summary>Notes a document that would leave the index; one that moved is noted at its new place too.</summary>
    public void NoteGone(GoneDecision gone)
    {
        var (document, decision, moved) = gone;
        if (moved && _addedByText[document.Document.TextHash].TryDequeue(out var position))
        {
            _changes[position.Position] = _changes[position.Position] with { Change = "moved", Reason = "moved", MovedFrom = decision.Id };
        }

        _changes.Add(new PlannedChange(
            decision.Id, "deleted", moved ? "moved" : "removed", new ChunkCounts(0, 0, 0, document.Document.Chunks), 0)
        {
            Digest = DecisionDigest.Of(decision.Write),
        });
    }

    private static (string? Change, string Reason) Explain(Decision decision) => decision.Verdict switch
    {
        Verdict.Added => ("added", decision.Glance.State == DocumentState.Absent ? "new" : "returned"),
        Verdict.Edited => ("edited", "text"),
        Verdict.Metadata => ("metadata", "metadata"),
        Verdict.Reembedded => ("edited", "force"),
        Verdict.Deleted => ("deleted", decision.Write is DocumentWrite.Remove { State: DocumentState.Expired } ? PlannedChange.Expired : "tombstone"),
        Verdict.Unchanged => ("touched", "token"),
        _ => (null, ""),
    };
}
