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

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<string> _terms = [];
    private byte[] _buffer = new byte[16 * 1024];
    private int _length;
    private int _bytes;

    /// <summary>The text's length, in estimated tokens: what BM25 weighs against the average.</summary>
    public int Length { get; private set; }

    /// <summary>Valid until the next text is read.</summary>
    public ReadOnlySpan<byte> Binary => _buffer.AsSpan(0, _length);

    public TermVector Read(string text)
    {
        _counts.Clear();
        _bytes = 0;
        var counts = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
        TermReader.Read(text, term =>
        {
            ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, term, out var exists);
            count++;
            _bytes += exists ? 2 : Encoding.UTF8.GetByteCount(term) + 10;
            if (_bytes > MostBytes)
            {
                // Of a text with so many different words, the first ones are searched by.
                _bytes -= exists ? 2 : Encoding.UTF8.GetByteCount(term) + 10;
                if (!exists)
                {
                    counts.Remove(term);
                }
            }
        });
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

    private void Write()
    {
        _terms.Clear();
        _terms.AddRange(_counts.Keys);
        _terms.Sort(StringComparer.Ordinal);
        _length = 0;
        BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), _terms.Count);
        foreach (var term in _terms)
        {
            _length += Encoding.UTF8.GetBytes(term, Reserve(Encoding.UTF8.GetMaxByteCount(term.Length)));
            Take(1)[0] = 0;
            var positions = Math.Min(MostPositions, _counts[term]);
            BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), (short)positions);
            for (var position = 1; position <= positions; position++)
            {
                BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), (short)position);
            }
        }
    }

    private Span<byte> Take(int size)
    {
        var taken = Reserve(size)[..size];
        _length += size;
        return taken;
    }

    private Span<byte> Reserve(int size)
    {
        if (_length + size > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + size));
        }

        return _buffer.AsSpan(_length);
    }
}
