using Tidemark.Queueing;
using Tidemark.Server.Http;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>What waits for a worker, what is in work, and what was given up.</summary>
internal sealed record QueueModel(QueueCounts Counts, IReadOnlyList<QueuedChange> Dead, IReadOnlyList<QueuedChange> Waiting, bool IsWorkedHere)
{
    public const int Shown = 50;

    public static async Task<QueueModel> ReadAsync(Call call)
    {
        await call.Index.NamespaceAsync(call.Namespace, call.Ended);
        return new QueueModel(
            await call.Index.Queue.CountAsync(call.Namespace, call.Ended),
            await call.Index.Queue.ListAsync(QueuedState.Dead, Shown, call.Namespace, call.Ended),
            [
                .. await call.Index.Queue.ListAsync(QueuedState.Leased, Shown, call.Namespace, call.Ended),
                .. await call.Index.Queue.ListAsync(QueuedState.Pending, Shown, call.Namespace, call.Ended),
            ],
            call.Options.CarriesOut);
    }
}
