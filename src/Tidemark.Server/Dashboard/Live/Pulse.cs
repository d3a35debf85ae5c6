using Tidemark.Queueing;
using Tidemark.Server.Http;
using Tidemark.Syncing;

namespace Tidemark.Server.Dashboard.Live;

/// <summary>What has to stay as it is for a page to stay as it is. However many look, the store is asked once a second.</summary>
internal sealed record Pulse
{
    public long Sequence { get; private init; }

    public long Beside { get; private init; }

    public long Run { get; private init; }

    public DateTimeOffset? Finished { get; private init; }

    public QueueCounts Queue { get; private init; } = QueueCounts.None;

    public int Alerts { get; private init; }

    /// <summary>Of the newest operations of this process.</summary>
    public string Operations { get; private init; } = "";

    public static async Task<Pulse> OfAsync(Call call)
    {
        var operations = string.Join(' ', call.Service.Operations.All
            .Where(one => one.Namespace == call.Namespace).Take(5)
            .Select(one => $"{one.Id} {one.End is null} {Of(one.Progress)}"));
        try
        {
            var status = await call.Service.Freshness.OfAsync(call.Namespace).WaitAsync(call.Ended);
            return new Pulse
            {
                Sequence = status.Namespace.Sequence,
                Beside = status.Namespace.DocumentsBeside,
                Run = status.LastRun?.Id ?? 0,
                Finished = status.LastRun?.FinishedAt,
                Queue = status.Queue,
                Alerts = status.Alerts.Count,
                Operations = operations,
            };
        }
        catch (TidemarkException)
        {
            return new Pulse { Operations = operations };
        }
    }

    private static string Of(SyncProgress? progress) => progress is null ? "" : $"{progress.Phase} {progress.Listed} {progress.Applied}";
}
