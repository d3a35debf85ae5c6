using Tidemark.Searching;
using Tidemark.Wording;

namespace Tidemark.Cli.Output;

/// <summary>An excerpt broken into lines at its spaces, with its matches marked.</summary>
internal static class ExcerptLines
{
    public const int Most = 2;
    private const string Indent = "   ";

    public static IEnumerable<Block> Of(SearchResult result, string text, int columns)
    {
        var width = columns - Indent.Length - 1;
        var length = width * Most;
        var stemmer = Stemmer.Of(result.Stemming);
        HitExcerpt excerpt;
        string[] lines;
        do
        {
            // Wide letters and line breaks between words take some of the room.
            excerpt = HitExcerpt.Of(result.Sought, text, length, stemmer);
            lines = [.. Break(excerpt.Text, width)];
            length -= Math.Max(4, width / 8);
        }
        while (lines.Length > Most && length > width / 2);

        var at = 0;
        foreach (var line in lines.Take(Most))
        {
            yield return new Block.Line([Indent, .. Spans(excerpt, at, line)]) { IsQuoted = true };
            at += line.Length;
        }
    }

    /// <summary>Together they are the text; a space that ends a line stays with it.</summary>
    private static IEnumerable<string> Break(string text, int width)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            for (var next = start; next < text.Length;)
            {
                var space = text.IndexOf(' ', next);
                next = space < 0 ? text.Length : space + 1;
                if (Screen.WidthOf(text[start..next].TrimEnd()) > width)
                {
                    break;
                }

                end = next;
            }

            end = end > start ? end : Fitting(text, start, width);
            yield return text[start..end];
            start = end;
        }
    }

    /// <summary>As much of a text without spaces as fits.</summary>
    private static int Fitting(string text, int start, int width)
    {
        var end = start;
        for (var cells = 0; end < text.Length;)
        {
            var size = char.IsSurrogatePair(text, end) ? 2 : 1;
            cells += Screen.WidthOf(text.Substring(end, size));
            if (cells > width && end > start)
            {
                break;
            }

            end += size;
        }

        return end;
    }

    private static IEnumerable<Span> Spans(HitExcerpt excerpt, int from, string line)
    {
        var at = 0;
        var shown = line.TrimEnd().Length;
        foreach (var (start, length) in excerpt.Matches)
        {
            var first = Math.Max(start - from, at);
            var last = Math.Min(start + length - from, shown);
            if (first < last)
            {
                yield return line[at..first];
                yield return new Span(line[first..last], Tone.Match);
                at = last;
            }
        }

        yield return line[Math.Min(at, shown)..shown];
    }
}
