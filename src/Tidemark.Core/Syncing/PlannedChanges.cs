using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>What a plan has found so far.</summary>
internal sealed class PlannedChanges
{
    private readonly List<PlannedChange> _changes = [];
    private readonly Dictionary<ContentHash, Queue<int>> _addedByText = [];
    private readonly Dictionary<ContentHash, Queue<int>> _moves = [];

    public IReadOnlyList<PlannedChange> Changes => _changes;

    public long Requests { get; set; }

    public long Inputs { get; set; }

    /// <summary>As the provider will count them, as far as can be told.</summary>
    public long Tokens { get; set; }

    /// <summary>The same by rule of thumb.</summary>
    public long EstimatedTokens { get; set; }

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
    public void NoteRebuilt(string id, string reason, (int Added, int Deleted) chunks, long tokens, ContentHash text) =>
        _changes.Add(new PlannedChange(id, "rebuilt", reason, new ChunkCounts(chunks.Added, 0, 0, chunks.Deleted), tokens)
        {
            Digest = text,
        });

    /// <summary>Whether a document that goes has a successor with the same text among the added ones.</summary>
    public bool TakeMove(ContentHash textHash)
    {
        if (!_addedByText.TryGetValue(textHash, out var free) || !free.TryDequeue(out var position))
        {
            return false;
        }

        if (!_moves.TryGetValue(textHash, out var taken))
        {
            _moves.Add(textHash, taken = new Queue<int>());
        }

        taken.Enqueue(position);
        return true;
    }

    /// <summary>Notes a document that would leave the index; one that moved is noted at its new place too.</summary>
    public void NoteGone(Decision decision, ContentHash textHash, int chunks, bool moved)
    {
        var id = decision.Id;
        if (moved && _moves[textHash].TryDequeue(out var position))
        {
            _changes[position] = _changes[position] with { Change = "moved", Reason = "moved", MovedFrom = id };
        }

        _changes.Add(new PlannedChange(
            id, "deleted", moved ? "moved" : "removed", new ChunkCounts(0, 0, 0, chunks), 0)
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
