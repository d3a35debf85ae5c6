using Tidemark.Composition.Configuration;
using Tidemark.Copying;
using Tidemark.Rewinding;

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

    public static IEnumerable<Block> OfAccepted(string @namespace, RewoundState? accepted)
    {
        yield return accepted is null
            ? new Block.Line($"  nothing to accept: as far as anybody noticed, '{Printable.Escape(@namespace)}' did not go back, or that was made good")
            : new Block.Line(
                "  accepted ",
                $"that '{Printable.Escape(@namespace)}' went back from commit {accepted.Known} to {accepted.Found}, as noticed at {Units.Time(accepted.NoticedAt)}");
    }
}
