using Tidemark.Streaming;

namespace Tidemark.Cli.Output;

/// <summary>A worker for the person who started it.</summary>
internal static class WorkerView
{
    public static IEnumerable<Block> Of(WorkerReport report)
    {
        var changes = report.Changes;
        yield return new Block.Line(
            "  ",
            $"{Units.Count(changes.Done, "change")} carried out in {Units.Count(report.Runs, "run")}"
            + (changes.Retried > 0 ? $", {Units.Count(changes.Retried)} to be tried again" : "")
            + (changes.Dead > 0 ? $", {Units.Count(changes.Dead)} given up" : "")
            + (changes.Lost > 0 ? $", {Units.Count(changes.Lost)} taken by others" : ""));
        foreach (var block in SyncView.Of(report.Total, places: null).SkipLast(1))
        {
            yield return block;
        }

        yield return new Block.Line(
            "  ", $"{(report.IsStopped ? "stopped" : "done")} after {Units.Seconds(report.Total.Elapsed)}; queue: {QueueView.Of(report.Queue)}");
    }

    public static IEnumerable<Block> Complaints(WorkerReport report, bool all) => SyncView.Complaints(report.Total, all);
}
