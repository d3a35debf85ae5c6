using Tidemark.Lifecycle;
using Tidemark.Records;

namespace Tidemark.Cli.Output;

internal static class LifecycleView
{
    /// <param name="done">What was done to documents, such as "closed".</param>
    /// <param name="would">The same of what only would be done.</param>
    public static IEnumerable<Block> Of(LifecycleReport report, string done, string would)
    {
        foreach (var error in SyncView.Failures(report.Errors, all: false))
        {
            yield return error;
        }

        yield return new Block.Line(
            $"  {(report.DryRun ? would : done)} ",
            $"{Units.Count(report.Documents, "document")}, {Units.Count(report.Chunks, "chunk")}"
            + (report.EmbeddingCalls > 0 ? $", with {Units.Count(report.EmbeddingCalls, "request")} to the model" : "")
            + (report.Held > 0 ? $"; {Units.Count(report.Held, "document is", "documents are")} held and stay as they are" : "")
            + (report.Outcome == RunOutcome.Cancelled ? "; cancelled, the same command goes on" : ""));
    }
}
