using System.Buffers.Binary;
using System.Text;
using Tidemark.Embedding;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// A text's words as the binary form of <c>tsvector</c>: each word once, with as many positions as it stands there times (at
/// most 255). The positions only count; where a word stands is not kept. Reused for many texts.
/// </summary>
internal sealed class TermVector
{
    private const int MostPositions = 255;

    /// <summary>PostgreSQL's bound is a megabyte for all words and positions of a text.</summary>
    private const int MostBytes = 900_000;

    /// <summary>A new word takes its bytes and so many; the next times it takes two.</summary>
    private const int BytesBesideTerm = 10;

    private readonly TermCounts _counts = new();
    private readonly TermReader.TermHandler _count;
    private byte[] _buffer = new byte[16 * 1024];
    private int _length;
    private int _bytes;

    public TermVector() => _count = Count;

    /// <summary>The text's length, in estimated tokens: what BM25 weighs against the average.</summary>
    public int Length { get; private set; }

    /// <summary>Valid until the next text is read.</summary>
    public ReadOnlySpan<byte> Binary => _buffer.AsSpan(0, _length);

    public TermVector Read(string text)
    {
        _counts.Clear();
        _bytes = 0;
        TermReader.Read(text, _count);
        Length = (int)Math.Min(int.MaxValue, TokenEstimate.Of(text));
        Write();
        return this;
    }

    /// <summary>Whether stored words are those of the text that was read; PostgreSQL may have put them into another order.</summary>
    public bool IsSame(int length, ReadOnlySpan<byte> stored) =>
        length == Length && (stored.SequenceEqual(Binary) || Sorted(stored).SequenceEqual(Sorted(Binary), StringComparer.Ordinal));

    private static List<string> Sorted(ReadOnlySpan<byte> binary)
    {
        var words = new List<string>();
        for (var rest = binary[sizeof(int)..]; !rest.IsEmpty;)
        {
            var end = rest.IndexOf((byte)0);
            var positions = BinaryPrimitives.ReadInt16BigEndian(rest[(end + 1)..]);
            words.Add($"{Encoding.UTF8.GetString(rest[..end])} {positions}");
            rest = rest[(end + 1 + sizeof(short) + (positions * sizeof(short)))..];
        }

        words.Sort(StringComparer.Ordinal);
        return words;
    }

    /// <summary>Of a text with very many different words, the first ones are searched by.</summary>
    private void Count(ReadOnlySpan<char> term)
    {
        var taken = _counts.Add(term, MostBytes - _bytes - BytesBesideTerm);
        _bytes += taken > 0 ? taken + BytesBesideTerm : taken == 0 && _bytes + 2 <= MostBytes ? 2 : 0;
    }

    private void Write()
    {
        _counts.Sort();
        _length = 0;
        BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), _counts.Count);
        for (var i = 0; i < _counts.Count; i++)
        {
            var term = _counts.Get(i, out var count);
            var positions = Math.Min(MostPositions, count);
            var target = Take(term.Length + 1 + sizeof(short) + (positions * sizeof(short)));
            term.CopyTo(target);
            target[term.Length] = 0;
            target = target[(term.Length + 1)..];
            for (var position = 0; position <= positions; position++)
            {
                // How many there are, then the positions 1, 2, …
                BinaryPrimitives.WriteInt16BigEndian(target, (short)(position == 0 ? positions : position));
                target = target[sizeof(short)..];
            }
        }
    }

    private Span<byte> Take(int size)
    {
        if (_length + size > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + size));
        }

        var taken = _buffer.AsSpan(_length, size);
        _length += size;
        return taken;
    }
}
