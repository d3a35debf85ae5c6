using System.Buffers;

namespace Tidemark.Chunking.Structure;

/// <summary>
/// Finds the boundaries inside a line: ends of sentences; where there is none for long, words; where there is no space
/// either (minified code, base64, scripts without spaces), single code units chosen by a hash of what stands before
/// them.
/// </summary>
internal static class SentenceScanner
{
    private const int UnitWindow = 16;

    private static readonly SearchValues<char> Terminators = SearchValues.Create(".!?…。！？");
    private static readonly SearchValues<char> Closers = SearchValues.Create("\"')]*_`”’»」』）");
    private static readonly SearchValues<char> Gaps = SearchValues.Create(" \t,;，、；　");

    /// <summary>Whether a line ends with its sentence; then the next line starts one.</summary>
    public static bool EndsSentence(ReadOnlySpan<char> line)
    {
        var last = line.LastIndexOfAnyExcept(Closers);
        return last >= 0 && Terminators.Contains(line[last]);
    }

    public static void Scan(string text, int start, int end, ChunkScale scale, Outline outline) =>
        Scan(text, start, end, scale, outline, static (text, _, next) => !char.IsAsciiLetterLower(text[next]));

    /// <summary>Where no capital tells a sentence from an abbreviation, one of a single letter or digit is none.</summary>
    public static void ScanCaseless(string text, int start, int end, ChunkScale scale, Outline outline) => Scan(
        text,
        start,
        end,
        scale,
        outline,
        static (text, terminator, _) => terminator < 2 || !char.IsAsciiLetterOrDigit(text[terminator - 1])
            || char.IsLetterOrDigit(text[terminator - 2]));

    private static void Scan(
        string text, int start, int end, ChunkScale scale, Outline outline, Func<string, int, int, bool> maySeparate)
    {
        var sentence = start;
        for (var at = start; at < end;)
        {
            var found = text.AsSpan(at, end - at).IndexOfAny(Terminators);
            if (found < 0)
            {
                break;
            }

            var terminator = at + found;
            at = terminator + 1;
            while (at < end && (Closers.Contains(text[at]) || Terminators.Contains(text[at])))
            {
                at++;
            }

            var behind = at;
            while (at < end && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at < end && (at > behind || IsFullWidth(text[terminator])) && maySeparate(text, terminator, at))
            {
                ScanUnbroken(text, sentence, at, scale, outline);
                outline.Add(text, at, BoundaryLevel.Sentence, at);
                sentence = at;
            }
        }

        ScanUnbroken(text, sentence, end, scale, outline);
    }

    /// <summary>The boundaries of a stretch without an end of a sentence, if it is too long to be left whole.</summary>
    public static void ScanUnbroken(string text, int start, int end, ChunkScale scale, Outline outline)
    {
        if (end - start <= scale.MaxUnbroken)
        {
            return;
        }

        for (var word = start; word < end;)
        {
            var gap = text.AsSpan(word, end - word).IndexOfAny(Gaps);
            var next = gap < 0 ? end : word + gap + 1;
            if (next - word > scale.MaxUnbroken)
            {
                ScanUnits(text, word, next, outline);
            }

            if (next < end && MayCut(text, next))
            {
                outline.Add(text, next, BoundaryLevel.Word, next);
            }

            word = next;
        }
    }

    private static bool IsFullWidth(char terminator) => terminator >= '　';

    /// <summary>
    /// Every place whose hash is the largest in its own small window; in a window of equal hashes (one character
    /// repeated), the first.
    /// </summary>
    private static void ScanUnits(string text, int start, int end, Outline outline)
    {
        var count = end - start;
        var rented = ArrayPool<uint>.Shared.Rent(count);
        var hashes = rented.AsSpan(0, count);
        hashes[0] = 0;
        for (var i = 1; i < count; i++)
        {
            var from = Math.Max(0, i - UnitWindow);
            hashes[i] = MayCut(text, start + i) ? BoundaryHash.OfUnits(text.AsSpan(start + from, i - from)) : 0;
        }

        for (var i = 1; i < count; i++)
        {
            var from = Math.Max(0, i - UnitWindow);
            var window = hashes[from..Math.Min(count, i + UnitWindow)];
            if (hashes[i] > 0 && !window.ContainsAnyInRange(hashes[i] + 1, uint.MaxValue))
            {
                outline.Boundaries.Add(new Boundary(start + i, BoundaryLevel.Unit, hashes[i], 0));
                i += UnitWindow;
            }
        }

        ArrayPool<uint>.Shared.Return(rented);
    }

    /// <summary>A chunk never starts with white space or with the second half of a surrogate pair.</summary>
    private static bool MayCut(string text, int at) =>
        !char.IsWhiteSpace(text[at]) && !(char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]));
}
