using Tidemark.Records;

namespace Tidemark.Cli.Output;

internal static class GarbageView
{
    public static IEnumerable<Block> Of(GarbageReport report)
    {
        yield return new Block.Line(
            report.DryRun ? "  would remove " : "  removed ",
            $"{Units.Count(report.Documents, "former document state")}, {Units.Count(report.Chunks, "closed chunk")}, "
            + $"{Units.Count(report.Embeddings, "embedding")}: about {Units.Bytes(report.Bytes)}");
        if (report.Runs is > 0 and var runs)
        {
            yield return new Block.Line("  ", $"and {Units.Count(runs, "run")} that nothing names any more");
        }

        if (report.Reindexed is { } made)
        {
            yield return new Block.Line("  ", made == 0 ? "no index was worth being made anew" : $"made {Units.Count(made, "index", "indexes")} anew");
        }

        if (report.Size is var (before, after))
        {
            yield return new Block.Line("  ", $"the store has {Units.Bytes(after)} now; it had {Units.Bytes(before)}");
        }
    }
}
