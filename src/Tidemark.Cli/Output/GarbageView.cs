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
        if (report.Size is var (before, after))
        {
            yield return new Block.Line("  ", $"the store has {Units.Bytes(after)} now; it had {Units.Bytes(before)}");
        }
    }
}
