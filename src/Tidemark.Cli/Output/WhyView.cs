using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Reporting;

namespace Tidemark.Cli.Output;

/// <summary>Why the vectors of a document were made, for reading.</summary>
internal static class WhyView
{
    public static IEnumerable<Block> Of(WhyReport why)
    {
        yield return new Block.Line(new Span(why.Document.Id, Tone.Strong)) { IsQuoted = true };
        if (why.Chunks.Count == 0)
        {
            yield return new Block.Line("  it has no chunks: nothing was embedded");
            yield break;
        }

        yield return new Block.Columns([.. why.Chunks.Select(Row)], 0, 3) { Expendable = [5, 4, 3] };
        var cost = why.Cost is not { } known ? ", cost unknown" : known > 0 ? $", {Units.Money(known)}" : "";
        yield return new Block.Line(
            $"  {Units.Count(why.Chunks.Count, "chunk")}, {Units.Count(why.Chunks.Count(c => c.IsReused))} with a vector "
            + $"that was there; {Units.Count(why.Tokens, "token")} paid for this document{cost}");
    }

    private static IReadOnlyList<Span> Row(ChunkOrigin chunk) =>
    [
        new("  " + Units.Count(chunk.Ordinal), Tone.Muted),
        new(WhyReport.NameOf(chunk.Cause), chunk.IsReused ? Tone.Muted : Tone.Warning),
        Explain(chunk),
        chunk.Tokens == 0 ? "" : Units.Count(chunk.Tokens, "token"),
        WhyReport.CostOf(chunk) is > 0 and { } cost ? Units.Money(cost) : "",
        new(chunk.Heading ?? "", Tone.Muted),
    ];

    private static string Explain(ChunkOrigin chunk)
    {
        if (chunk.EmbeddedAt is not { } at)
        {
            return "the vector is missing: 'tidemark verify --repair' makes it again";
        }

        var run = chunk.EmbeddedIn == 0 ? "outside of a run" : $"in run {chunk.EmbeddedIn}";
        var made = $"{(chunk.Cause == EmbeddingCause.Supplied ? "came" : "embedded")} {run}, {Units.Time(at)}";
        return !chunk.IsReused ? made
            : chunk.ReusedFrom is { } other ? $"reused from {other}, {made}"
            : $"reused, {made}";
    }
}
