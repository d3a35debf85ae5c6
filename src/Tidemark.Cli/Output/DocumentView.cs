using System.Globalization;
using Tidemark.Records;

namespace Tidemark.Cli.Output;

/// <summary>One document with its chunks, for reading.</summary>
internal static class DocumentView
{
    private const int TextShown = 160;

    public static IEnumerable<Block> Of(DocumentSummary document, IReadOnlyList<IndexedChunk> chunks)
    {
        yield return new Block.Line(new Span(document.Id, Tone.Strong)) { IsQuoted = true };
        yield return new Block.Columns([.. Facts(document).Where(f => f[1].Text.Length > 0)]);
        foreach (var chunk in chunks)
        {
            yield return new Block.Line(
                new(string.Create(CultureInfo.InvariantCulture, $"  {chunk.Ordinal,4}  "), Tone.Muted),
                new(chunk.Id[..12], Tone.Muted),
                chunk.Heading is { Length: > 0 } heading ? $"  {heading}" : "")
            { IsQuoted = true };
            yield return new Block.Line("        " + Printable.Shorten(chunk.Text, TextShown)) { IsQuoted = true };
        }
    }

    private static IEnumerable<IReadOnlyList<Span>> Facts(DocumentSummary document)
    {
        yield return Fact("source", document.Source);
        yield return Fact("source id", document.SourceId == document.Id ? "" : document.SourceId);
        yield return Fact("text", document.TextHash.ToString());
        yield return Fact("metadata", document.Metadata.IsEmpty ? "" : document.Metadata.Json);
        yield return Fact("version", document.Version.Number?.ToString(CultureInfo.InvariantCulture) ?? "");
        yield return Fact("modified", Time(document.Version.ModifiedAt));
        yield return Fact("expires", Time(document.ExpiresAt));
        yield return Fact("tier", document.Tier ?? "");
        yield return Fact(
            "updated",
            string.Create(CultureInfo.InvariantCulture, $"{Units.Time(document.UpdatedAt)}, run {document.Run}"));
        yield return Fact("chunks", Units.Count(document.Chunks));
    }

    private static string Time(DateTimeOffset? time) => time is { } known ? Units.Time(known) : "";

    private static IReadOnlyList<Span> Fact(string name, string value) => [new("  " + name, Tone.Muted), value];
}
