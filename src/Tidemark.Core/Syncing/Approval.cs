using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>
/// Holds a run to what was approved, also where a source changes between the last look and the write: what differs is not
/// written and counts as failed.
/// </summary>
internal sealed class Approval
{
    private readonly Dictionary<string, HashSet<ContentHash?>> _approved = new(StringComparer.Ordinal);

    public Approval(ApprovedPlan plan)
    {
        foreach (var change in plan.Changes)
        {
            if (!_approved.TryGetValue(change.Document, out var digests))
            {
                _approved.Add(change.Document, digests = []);
            }

            digests.Add(change.Digest);
        }
    }

    public static ItemFailure Refusal(string id) => new(
        id,
        ErrorCodes.PlanStale,
        $"'{id}' has changed since the plan was made",
        "what is stored of it was kept; make a new plan",
        HidesDocuments: false);

    public bool Allows(string id, DocumentWrite? write)
    {
        // Of an id that stands more than once the plan names one state, and the run writes another first.
        var repeats = write is DocumentWrite.Put { Repeats: true } or DocumentWrite.Remove { Repeats: true };
        return DecisionDigest.Of(write) is not { } digest
            || (_approved.TryGetValue(id, out var digests) && (repeats || digests.Contains(digest)));
    }
}
