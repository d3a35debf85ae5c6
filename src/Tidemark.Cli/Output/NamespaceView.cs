using Tidemark.Records;

namespace Tidemark.Cli.Output;

internal static class NamespaceView
{
    private static readonly string[] Headers = ["namespace", "documents", "chunks", "space", "complete sync"];

    public static IEnumerable<Block> Of(IReadOnlyList<NamespaceSummary> namespaces)
    {
        yield return namespaces.Count == 0
            ? new Block.Line("no namespaces yet")
            : new Block.Table(Headers, [.. namespaces.Select(Row)], 1, 2);
    }

    public static IEnumerable<Block> Dropped(NamespaceSummary dropped)
    {
        yield return new Block.Line(
            "  removed ",
            new(dropped.Name, Tone.Strong),
            $": {Units.Count(dropped.Documents, "document")}, {Units.Count(dropped.Chunks, "chunk")}");
    }

    public static string QuestionOf(NamespaceSummary asked) =>
        $"Remove the namespace '{Printable.Escape(asked.Name)}' with {Units.Count(asked.Documents, "document")} and "
        + $"{Units.Count(asked.Chunks, "chunk")}, its history and its queue?";

    private static IReadOnlyList<Span> Row(NamespaceSummary summary) =>
    [
        summary.Name,
        Units.Count(summary.Documents),
        Units.Count(summary.Chunks),
        summary.Generation?.Pipeline.Space ?? "",
        summary.LastCompleteSync is { } time ? Units.Time(time) : "never",
    ];
}
