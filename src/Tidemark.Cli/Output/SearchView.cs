using System.Globalization;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Searching;

namespace Tidemark.Cli.Output;

/// <summary>
/// Hits for reading: where, how well, and the lines around the best match. On a terminal no more than it shows, so that the best
/// one is not scrolled away: the last ones without their text, or counted.
/// </summary>
internal static class SearchView
{
    public static IEnumerable<Block> Of(SearchResult result, SearchMode mode, Screen screen)
    {
        if (result.Hits.Count == 0)
        {
            return result.Warnings.Any(warning => warning.Code is ErrorCodes.SearchEmpty or ErrorCodes.SearchFilter)
                ? []
                : [.. Corrections(result), new Block.Line("nothing found")];
        }

        return [.. Corrections(result), .. Hits(result, result.Degraded ?? mode, screen)];
    }

    /// <summary>What may be wrong with the answer, for standard error.</summary>
    public static IEnumerable<Block> Warnings(SearchResult result)
    {
        foreach (var warning in result.Warnings)
        {
            yield return new Block.Line($"warning: {warning.Message} [{warning.Code}]");
            yield return new Block.Line($"  {warning.Remedy}") { IsRemedy = true };
        }
    }

    private static IEnumerable<Block> Corrections(SearchResult result) => result.Corrections.Select(one =>
        new Block.Line(new Span($"'{one.Asked}' stands nowhere: looked for '{one.Found}'", Tone.Muted)));

    private static IEnumerable<Block> Hits(SearchResult result, SearchMode mode, Screen screen)
    {
        // The last row is that of the prompt, and the best hit has its text; what is left out takes a row to say so.
        var rows = screen.Rows is { } seen ? seen - 1 - result.Corrections.Count - (2 * result.Warnings.Count) : int.MaxValue;
        var shown = result.Hits.Count <= rows - ExcerptLines.Most ? result.Hits.Count : Math.Max(1, rows - 1 - ExcerptLines.Most);
        var spare = Math.Max(rows - shown - (shown < result.Hits.Count ? 1 : 0), ExcerptLines.Most);
        for (var i = 0; i < shown; i++)
        {
            var hit = result.Hits[i];
            yield return Header(i + 1, hit, Share(hit.Score, mode, result.Hits[0].Score), screen.Columns);
            var excerpt = ExcerptLines.Of(result, hit.Chunk.Text, screen.Columns).ToList();
            if (excerpt.Count <= spare)
            {
                spare -= screen.Rows is null ? 0 : excerpt.Count;
                foreach (var line in excerpt)
                {
                    yield return line;
                }
            }
        }

        if (shown < result.Hits.Count)
        {
            yield return new Block.Line(new Span(
                string.Create(CultureInfo.InvariantCulture, $"… and {result.Hits.Count - shown} more; --plain prints all"), Tone.Muted));
        }
    }

    private static Block.Line Header(int rank, IndexHit hit, string share, int columns)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"{rank}. ");
        var lines = hit.Lines is { } span
            ? string.Create(CultureInfo.InvariantCulture, $":{span.First}-{span.Last}")
            : "";
        lines += hit.Page is { } page ? string.Create(CultureInfo.InvariantCulture, $"  page {page}") : "";
        var gone = hit.Archived is { } departure ? $"  {StateEnds.NameOf(departure.Ended)} {Units.Time(departure.At)}" : "";
        var room = columns - 1 - Screen.WidthOf(number + Printable.Escape(hit.Chunk.Document) + lines) - gone.Length - share.Length - 4;
        var heading = hit.Chunk.Heading is { Length: > 0 } path && room >= 8 ? "  " + Printable.Shorten(path, room) : "";
        return new Block.Line(
            new(number, Tone.Muted), new(hit.Chunk.Document, Tone.Strong), new(lines, Tone.Strong), new(gone, Tone.Muted), heading, new("  " + share, Tone.Muted))
        {
            IsQuoted = true,
        };
    }

    /// <summary>Of the best there could be: of both rankings, of the cosine; of words, whose scores have no bound, of the best hit.</summary>
    private static string Share(double score, SearchMode mode, double best)
    {
        var share = mode switch
        {
            SearchMode.Hybrid => score / ReciprocalRankFusion.Full,
            SearchMode.Vector => score,
            _ => best > 0 ? score / best : 0,
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Round(100 * Math.Clamp(share, 0, 1))} %");
    }
}
