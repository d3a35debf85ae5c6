using Tidemark.Documents;
using Tidemark.Queueing;

namespace Tidemark.Server.Hooks;

/// <summary>What became of the events of a delivery.</summary>
/// <param name="Changes">Of those that went into the queue.</param>
/// <param name="Forgotten">Of what was forgotten: nothing is written down of them.</param>
/// <param name="Dead">Of which no document can be made.</param>
internal sealed record HookTally(EnqueueResult Changes, long Forgotten, IReadOnlyList<DeadEvent> Dead)
{
    public long Enqueued => Changes.Added + Changes.Coalesced;
}

/// <summary>An event of which no document can be made.</summary>
/// <param name="Namespace">Where it is seen.</param>
/// <param name="Source">Whose document it would have been.</param>
/// <param name="Failure">Why.</param>
/// <param name="Names">Of its delivery.</param>
internal sealed record DeadEvent(string Namespace, string Source, ItemFailure Failure, EventNames Names);
