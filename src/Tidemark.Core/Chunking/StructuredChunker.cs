using System.Globalization;
using Tidemark.Chunking.Structure;

namespace Tidemark.Chunking;

/// <summary>
/// Cuts at the boundaries that are the strongest within a fixed reach: by structure first (headings, blocks, items,
/// sentences), by a hash of the words behind them second. No boundary depends on an offset, so an edit re-embeds the
/// chunk it touches and rarely a neighbour; <c>docs/chunking.md</c> has the rule and the measured bound. The idea of
/// cutting at local maxima of a hash is from Bjørner, Blass, Gurevich, "Content-dependent chunking for differential
/// compression, the local maximum approach" (2010); the levels and the reach that depends on the rank are this
/// project's.
/// </summary>
public sealed class StructuredChunker : IChunker
{
    /// <summary>The size to aim at where none is given, in UTF-16 code units.</summary>
    public const int DefaultSize = 800;

    private const int Version = 1;

    private readonly ChunkScale _scale;
    private readonly InputBound _bound;
    private Outline? _spare;

    /// <param name="size">The mean size to aim at, in UTF-16 code units.</param>
    /// <param name="maxInputBytes">No chunk has more UTF-8 bytes; a small bound lowers the size to aim at.</param>
    /// <param name="limit">No chunk has more tokens; null: no such bound.</param>
    public StructuredChunker(int size = DefaultSize, int maxInputBytes = int.MaxValue, TokenLimit? limit = null)
    {
        _bound = new InputBound(maxInputBytes, limit);
        _scale = new ChunkScale(Math.Min(size, _bound.Room));
        Fingerprint = string.Create(CultureInfo.InvariantCulture, $"structured;{Version};size={size}") + _bound.Suffix(_scale.Max);
    }

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <summary>
    /// No chunk is shorter, but the only one of a short document and those that the byte bound forces.
    /// </summary>
    public int MinSize => _scale.Min;

    /// <summary>No chunk is longer, long white space aside.</summary>
    public int MaxSize => _scale.Max;

    /// <summary>A fence or table up to this length is never cut, unless the byte bound forces it.</summary>
    public int MaxWholeBlock => _scale.MaxWhole;

    /// <inheritdoc/>
    public IReadOnlyList<ChunkSpan> Split(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        var content = text.AsSpan().Trim();
        var isWhole = content.Length <= _scale.MaxUncut && _bound.Holds(text);
        if (isWhole && !MayOpenWithHeading(content))
        {
            return [new ChunkSpan(0, text.Length, null)];
        }

        var outline = Interlocked.Exchange(ref _spare, null) ?? new Outline();
        new BlockScanner(text, _scale, outline).Scan();
        var spans = Split(text, outline, isWhole);
        GiveBack(outline);
        return spans;
    }

    /// <summary>The same for a text without lines and case: see <see cref="FlatScanner"/>.</summary>
    internal IReadOnlyList<ChunkSpan> SplitFlat(string text)
    {
        if (text.Length == 0)
        {
            return [];
        }

        if (text.Length <= _scale.MaxUncut && _bound.Holds(text))
        {
            return [new ChunkSpan(0, text.Length, null)];
        }

        var outline = Interlocked.Exchange(ref _spare, null) ?? new Outline();
        FlatScanner.Scan(text, _scale, outline);
        var spans = Split(text, outline, isWhole: false);
        GiveBack(outline);
        return spans;
    }

    internal HeadingPath HeadingsOf(string text)
    {
        var outline = new Outline();
        new BlockScanner(text, _scale, outline).Scan();
        return new HeadingPath(text, outline.Headings);
    }

    private void GiveBack(Outline outline)
    {
        if (outline.IsReusable)
        {
            outline.Clear();
            Interlocked.Exchange(ref _spare, outline);
        }
    }

    /// <summary>Cheap, and true too often: an underline of '=' or '-' makes a heading of the line above it.</summary>
    private static bool MayOpenWithHeading(ReadOnlySpan<char> content)
    {
        var second = content.IndexOf('\n') + 1;
        return content[0] == '#' || (second > 0 && second < content.Length && content[second] is '=' or '-');
    }

    private ChunkSpan[] Split(string text, Outline outline, bool isWhole)
    {
        var path = new HeadingPath(text, outline.Headings);
        if (isWhole)
        {
            return [new ChunkSpan(0, text.Length, path.At(0))];
        }

        var chosen = new List<int>();
        var contentStart = text.Length - text.AsSpan().TrimStart().Length;
        var contentEnd = text.AsSpan().TrimEnd().Length;
        BoundarySelection.Select(
            outline.Boundaries, contentStart + _scale.Min, contentEnd - _scale.Min, _scale, chosen);
        BoundarySelection.KeepStrongest(
            outline.Boundaries, chosen, most: _scale.MostPieces(contentEnd - contentStart) - 1);

        var ends = new List<int>(chosen.Count + 1);
        new SegmentCutter(text, outline.Boundaries, _scale, _bound).Cut(chosen, ends);

        var spans = new ChunkSpan[ends.Count];
        var start = 0;
        for (var i = 0; i < spans.Length; i++)
        {
            spans[i] = new ChunkSpan(start, ends[i] - start, path.At(start));
            start = ends[i];
        }

        return spans;
    }
}
