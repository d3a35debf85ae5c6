using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>What a plan has found so far.</summary>
internal sealed class PlannedChanges
{
    private readonly List<PlannedChange> _changes = [];
    private readonly Dictionary<ContentHash, Queue<int>> _addedByText = [];

    public IReadOnlyList<PlannedChange> Changes => _changes;

    public void Note(Decision decision, long tokens)
    {
        var (change, reason) = Explain(decision.Verdict, decision.Glance.State);
        if (change is null)
        {
            return;
        }

        if (decision is { Verdict: Verdict.Added, Write: DocumentWrite.Put put })
        {
            if (!_addedByText.TryGetValue(put.TextHash, out var positions))
            {
                _addedByText.Add(put.TextHash, positions = new Queue<int>());
            }

            positions.Enqueue(_changes.Count);
        }

        var chunks = decision.Chunks;
        _changes.Add(new PlannedChange(
            decision.Id,
            change,
            reason,
            new ChunkCounts(chunks.Added, chunks.Patched, chunks.Unchanged + chunks.Patched, chunks.Closed),
            tokens)
        {
            Digest = DecisionDigest.Of(decision.Write),
        });
    }

    /// <summary>Notes a document of a generation that would be built anew.</summary>
    public void NoteRebuilt(RebuiltDocument document, EmbeddingCause cause, long tokens) =>
        _changes.Add(new PlannedChange(
            document.Write.Id,
            "rebuilt",
            PipelineComparison.NameOf(cause),
            new ChunkCounts(document.Write.Chunks.Count, 0, 0, document.Former.Chunks.Count),
            tokens)
        {
            Digest = document.Former.TextHash,
        });

    /// <summary>How many documents with each of these texts would be added.</summary>
    public IReadOnlyDictionary<ContentHash, int> CountArrived(IReadOnlySet<ContentHash> texts) =>
        _addedByText.Where(added => texts.Contains(added.Key)).ToDictionary(added => added.Key, added => added.Value.Count);

    /// <summary>Notes a document that would leave the index; one that moved is noted at its new place too.</summary>
    public void NoteGone(GoneDecision gone)
    {
        var (document, decision, moved) = gone;
        if (moved && _addedByText[document.Document.TextHash].TryDequeue(out var position))
        {
            _changes[position] = _changes[position] with { Change = "moved", Reason = "moved", MovedFrom = decision.Id };
        }

        _changes.Add(new PlannedChange(
            decision.Id, "deleted", moved ? "moved" : "removed", new ChunkCounts(0, 0, 0, document.Document.Chunks), 0)
        {
            Digest = DecisionDigest.Of(decision.Write),
        });
    }

    private static (string? Change, string Reason) Explain(Verdict verdict, DocumentState stored) => verdict switch
    {
        Verdict.Added => ("added", stored == DocumentState.Absent ? "new" : "returned"),
        Verdict.Edited => ("edited", "text"),
        Verdict.Metadata => ("metadata", "metadata"),
        Verdict.Reembedded => ("edited", "force"),
        Verdict.Deleted => ("deleted", "tombstone"),
        Verdict.Unchanged => ("touched", "token"),
        _ => (null, ""),
    };
}
