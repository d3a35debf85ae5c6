using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Queueing;

namespace Tidemark.Conformance.Queueing;

/// <summary>What the suites of the queue share. A claim with no visibility ends at once, as if its worker were dead.</summary>
public abstract class QueueSuite : StoreConformance
{
    protected const string Namespace = "default";

    protected static readonly CancellationToken None = CancellationToken.None;

    protected static readonly TimeSpan Long = TimeSpan.FromHours(1);

    protected static readonly TimeSpan Horizon = ClaimRequest.HorizonOf(Long, TimeSpan.Zero);

    protected IChangeQueue Queue => Store.Queue;

    protected static DocumentChange Upsert(
        string id, string text = "text", long? version = null, string? tier = null, string? sourceId = null) =>
        new DocumentChange.Upsert(new Document
        {
            Id = id,
            SourceId = sourceId ?? id,
            Text = text,
            Version = new DocumentVersion(version, null),
            Tier = tier,
        });

    protected static DocumentChange Delete(string id, long? version = null) =>
        new DocumentChange.Delete(id, id, new DocumentVersion(version, null), ChangeToken.None);

    protected static ChangeFailure Failure(string code = ErrorCodes.Internal) => new(code, "it broke", "mend it");

    protected Task<EnqueueResult> EnqueueAsync(params DocumentChange[] changes) => EnqueueFromAsync("docs", changes);

    protected async Task<EnqueueResult> EnqueueFromAsync(string source, params DocumentChange[] changes) =>
        await Queue.EnqueueAsync(
            Namespace, [.. changes.Select(change => new SourceChange(source, change))], long.MaxValue, None);

    protected async Task<IReadOnlyList<ClaimedChange>> ClaimAsync(int limit = 100, TimeSpan? visibility = null) =>
        await Queue.ClaimAsync(Namespace, new ClaimRequest(limit, visibility ?? Long), None);

    protected async Task<ClaimedChange> ClaimOneAsync(TimeSpan? visibility = null) => (await ClaimAsync(1, visibility))[0];

    protected async Task<int> SettleAsync(params ChangeSettlement[] settlements) =>
        await Queue.SettleAsync(Namespace, settlements, None);

    protected async Task<(long Pending, long Leased, long Dead)> CountAsync()
    {
        var counts = await Store.QueuedChanges.CountAsync(Namespace, None);
        return (counts.Pending, counts.Leased, counts.Dead);
    }

    protected async Task<IReadOnlyList<QueuedChange>> ListAsync(QueuedState? state = null) =>
        await Store.QueuedChanges.ListAsync(Namespace, state, 1000, None);

    protected static string TextOf(ClaimedChange change) => ((DocumentChange.Upsert)change.Change!).Document.Text;
}
