using System.Globalization;
using Tidemark.Indexing;
using Tidemark.Searching;

namespace Tidemark.Cli.Output;

/// <summary>Hits for reading: where, how well, and the beginning of the text.</summary>
internal static class SearchView
{
    private const int TextShown = 300;

    public static IEnumerable<Block> Of(SearchResult result)
    {
        if (result.Hits.Count == 0)
        {
            yield return new Block.Line("nothing found");
        }

        for (var i = 0; i < result.Hits.Count; i++)
        {
            var (chunk, score) = result.Hits[i];
            var heading = chunk.Heading is { Length: > 0 } path ? $"  {path}" : "";
            yield return new Block.Line(
                new(string.Create(CultureInfo.InvariantCulture, $"{i + 1}. "), Tone.Muted),
                new(chunk.Document, Tone.Strong),
                heading,
                new(string.Create(CultureInfo.InvariantCulture, $"  {score:0.000}"), Tone.Muted));
            yield return new Block.Line("   " + Printable.Shorten(chunk.Text, TextShown));
        }
    }
}
