using Tidemark.Syncing;

namespace Tidemark.Cli.Output;

/// <summary>What watching did, for the person who started it.</summary>
internal static class WatchView
{
    public static IEnumerable<Block> Of(WatchReport report)
    {
        foreach (var block in report.Total is { } total ? SyncView.Of(total, places: null).SkipLast(1) : [])
        {
            yield return block;
        }

        yield return new Block.Line(
            "  ",
            $"stopped after {Units.Seconds(report.Elapsed)}: {Units.Count(report.Runs, "run")}, {Units.Count(report.Complete)} of them of everything");
    }
}
