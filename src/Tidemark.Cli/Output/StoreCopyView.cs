using Tidemark.Composition.Configuration;
using Tidemark.Copying;

namespace Tidemark.Cli.Output;

internal static class StoreCopyView
{
    public static IEnumerable<Block> Of(StoreLocation from, StoreLocation to, StoreCopyReport report)
    {
        yield return report.WasThere
            ? new Block.Line($"  {to} is a finished copy of {from} already")
            : new Block.Line("  copied ", $"{from} to {to}");
        yield return new Block.Line(
            "  ",
            $"{Units.Count(report.Namespaces, "namespace")}, {Units.Count(report.Documents, "document")}, "
            + $"{Units.Count(report.Chunks, "chunk")}, {Units.Count(report.FormerStates, "former state")}, "
            + $"{Units.Count(report.Embeddings, "embedding")}, {Units.Count(report.Runs, "run")}");
        yield return new Block.Line("  verified ", $"{Units.Count(report.Rows, "row")} read back and equal; nothing was embedded");
    }
}
