using System.Globalization;

namespace Tidemark.Chunking;

/// <summary>
/// The recursive character splitter of LangChain (RecursiveCharacterTextSplitter with its default separators, which
/// stay at the head of the piece that they open): split at the first separator that the text has, merge neighbours up
/// to the size with an overlap, split what is still too long at the next separator. Chunks are trimmed; lengths are
/// UTF-16 code units. Unlike the original it never cuts a surrogate pair.
/// </summary>
public sealed class RecursiveChunker(
    int size = RecursiveChunker.DefaultSize,
    int overlap = RecursiveChunker.DefaultOverlap,
    int maxInputBytes = int.MaxValue,
    TokenLimit? limit = null) : IChunker
{
    /// <summary>The most code units of a chunk where nobody asked for another size.</summary>
    public const int DefaultSize = 1000;

    /// <summary>Code units that neighbours share where nobody asked for another overlap.</summary>
    public const int DefaultOverlap = 200;

    private static readonly string[] Separators = ["\n\n", "\n", " ", ""];

    /// <inheritdoc/>
    public string Fingerprint { get; } =
        string.Create(CultureInfo.InvariantCulture, $"recursive;1;size={size};overlap={overlap}")
        + new InputBound(maxInputBytes, limit).Suffix(size);

    private readonly InputBound _bound = new(maxInputBytes, limit);

    /// <inheritdoc/>
    public IReadOnlyList<ChunkSpan> Split(string text)
    {
        var chunks = new List<ChunkSpan>();
        Split(text, 0, text.Length, 0, chunks);
        return chunks;
    }

    private void Split(string text, int start, int end, int depth, List<ChunkSpan> chunks)
    {
        while (Separators[depth].Length > 0
            && !text.AsSpan(start, end - start).Contains(Separators[depth], StringComparison.Ordinal))
        {
            depth++;
        }

        var pieces = new List<Range>();
        for (var at = start; at < end;)
        {
            var next = PieceEnd(text, at, end, Separators[depth]);
            if (next - at < size || Separators[depth].Length == 0)
            {
                pieces.Add(at..next);
            }
            else
            {
                Merge(text, pieces, chunks);
                pieces.Clear();
                Split(text, at, next, depth + 1, chunks);
            }

            at = next;
        }

        Merge(text, pieces, chunks);
    }

    /// <summary>
    /// Where the piece at <paramref name="at"/> ends: before the next separator, which opens the next piece.
    /// </summary>
    private static int PieceEnd(string text, int at, int end, string separator)
    {
        if (separator.Length == 0)
        {
            return at + 1 < end && char.IsSurrogatePair(text[at], text[at + 1]) ? at + 2 : at + 1;
        }

        var next = text.AsSpan(at + 1, end - at - 1).IndexOf(separator, StringComparison.Ordinal);
        return next < 0 ? end : at + 1 + next;
    }

    /// <summary>
    /// Packs adjoining pieces, left to right; the tail of a chunk, up to the overlap, opens the next one.
    /// </summary>
    private void Merge(string text, List<Range> pieces, List<ChunkSpan> chunks)
    {
        var first = 0;
        var total = 0;
        for (var i = 0; i < pieces.Count; i++)
        {
            var length = LengthOf(pieces[i]);
            if (total + length > size && first < i)
            {
                Emit(text, pieces[first].Start.Value, pieces[i - 1].End.Value, chunks);
                while (total > overlap || (total + length > size && total > 0))
                {
                    total -= LengthOf(pieces[first++]);
                }
            }

            total += length;
        }

        if (first < pieces.Count)
        {
            Emit(text, pieces[first].Start.Value, pieces[^1].End.Value, chunks);
        }
    }

    private static int LengthOf(Range piece) => piece.End.Value - piece.Start.Value;

    private void Emit(string text, int start, int end, List<ChunkSpan> chunks)
    {
        var ends = new List<int>(1);
        _bound.Cut(text.AsSpan(start, end - start), start, ends);
        foreach (var pieceEnd in ends)
        {
            var piece = text.AsSpan(start, pieceEnd - start);
            var length = piece.Trim().Length;
            if (length > 0)
            {
                chunks.Add(new ChunkSpan(pieceEnd - piece.TrimStart().Length, length, null));
            }

            start = pieceEnd;
        }
    }
}
