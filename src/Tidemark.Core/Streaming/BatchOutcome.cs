using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Syncing;

namespace Tidemark.Streaming;

/// <summary>What became of the changes of one claim.</summary>
internal sealed class BatchOutcome(IReadOnlyList<ClaimedChange> claimed)
{
    public IReadOnlyList<ClaimedChange> Claimed => claimed;

    /// <summary>Carried out, or nothing to do.</summary>
    public List<Decision> Done { get; } = [];

    /// <summary>What no write says to the queue.</summary>
    public List<ChangeSettlement> Settlements { get; } = [];

    public List<ItemFailure> Failures { get; } = [];

    public long Lost { get; set; }

    public bool IsBudgetReached { get; set; }

    /// <summary>Why the worker cannot go on for now; null: it can.</summary>
    public Exception? Outage { get; set; }

    public ChangeCounts Counts => new(
        claimed.Count,
        Done.Count,
        Settlements.Count(settlement => settlement is ChangeSettlement.Retry),
        Settlements.Count(settlement => settlement is ChangeSettlement.Bury),
        Lost,
        Settlements.Count(settlement => settlement is ChangeSettlement.Release));
}
