using Tidemark.Lifecycle;

namespace Tidemark.Cli.Output;

/// <summary>What became of the documents between two runs, document by document.</summary>
internal static class RunDifferenceView
{
    public static IEnumerable<Block> Of(RunDifference difference)
    {
        if (difference.Documents.Count > 0)
        {
            yield return new Block.Columns([.. difference.Documents.Select(Row)], 3) { Expendable = [3] };
        }

        yield return new Block.Line(
            $"  {Units.Count(difference.Documents.Count, "document differs", "documents differ")} from run {Units.Count(difference.From)} to run {Units.Count(difference.To)}");
    }

    private static IReadOnlyList<Span> Row(DocumentDifference document)
    {
        var (sign, tone) = DocumentSign.Of(document.Change);
        var name = document.From is { } former ? $"{former} → {document.Document}" : document.Document;
        var chunks = document.Chunks;
        var counts = string.Join(
            ", ",
            new[] { (chunks.Added, "new"), (chunks.Deleted, "gone"), (chunks.Unchanged, "unchanged") }
                .Where(part => part.Item1 > 0).Select(part => $"{Units.Count(part.Item1)} {part.Item2}"));
        return [new("  " + sign, tone), name, new(document.Change, tone), new(counts, Tone.Muted)];
    }
}
