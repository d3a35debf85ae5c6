using Tidemark.Documents;
using Tidemark.Queueing;

namespace Tidemark.Server.Hooks;

/// <summary>What became of the events of a delivery.</summary>
/// <param name="Changes">Of those that went into the queue.</param>
/// <param name="Forgotten">Of what was forgotten: nothing is written down of them.</param>
/// <param name="Dead">Of which no document can be made, by namespace.</param>
internal sealed record HookTally(EnqueueResult Changes, long Forgotten, IReadOnlyList<(string Namespace, ItemFailure Failure)> Dead)
{
    public long Enqueued => Changes.Added + Changes.Coalesced;
}
