using System.Buffers.Binary;
using System.Text;
using Tidemark.Embedding;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// A text's words as the binary form of <c>tsvector</c>: each word once; one that stands there several times with as many positions
/// (at most 255). The positions only count; where a word stands is not kept. Reused for many texts.
/// </summary>
internal sealed class TermVector
{
    private const int MostPositions = 255;

    /// <summary>PostgreSQL's bound is a megabyte for all words and positions of a text.</summary>
    private const int MostBytes = 900_000;

    /// <summary>A new word takes its bytes and so many; the next times it takes a position.</summary>
    private const int BytesBesideTerm = 10;

    private const int BytesOfPosition = sizeof(short);

    private readonly TermCounts _counts = new();
    private byte[] _buffer = new byte[16 * 1024];
    private int _length;

    /// <summary>The text's length, in estimated tokens: what BM25 weighs against the average.</summary>
    public int Length { get; private set; }

    /// <summary>Valid until the next text is read.</summary>
    public ReadOnlySpan<byte> Binary => _buffer.AsSpan(0, _length);

    public TermVector Read(string text)
    {
        _counts.Clear();
        var bytes = sizeof(int);
        var reader = new TermReader(text, stackalloc byte[TermReader.Room]);

        // Of a text with very many different words, the first ones are searched by.
        while (bytes + BytesOfPosition <= MostBytes && reader.Read())
        {
            var taken = _counts.Add(reader.Term, MostBytes - bytes - BytesBesideTerm);
            bytes += taken > 0 ? taken + BytesBesideTerm : taken == 0 ? BytesOfPosition : 0;
        }

        Length = (int)Math.Min(int.MaxValue, TokenEstimate.Of(text));
        Write(bytes);
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
            words.Add($"{Encoding.UTF8.GetString(rest[..end])} {Math.Max(1, (int)positions)}");
            rest = rest[(end + 1 + sizeof(short) + (positions * sizeof(short)))..];
        }

        words.Sort(StringComparer.Ordinal);
        return words;
    }

    /// <param name="most">Bytes that it takes at most.</param>
    private void Write(int most)
    {
        if (_buffer.Length < most)
        {
            _buffer = new byte[Math.Max(2 * _buffer.Length, most)];
        }

        _counts.Sort();
        BinaryPrimitives.WriteInt32BigEndian(_buffer, _counts.Count);
        _length = sizeof(int);
        for (var i = 0; i < _counts.Count; i++)
        {
            var term = _counts.Get(i, out var count);
            term.CopyTo(_buffer.AsSpan(_length));
            _length += term.Length;
            _buffer[_length++] = 0;
            var positions = count == 1 ? 0 : Math.Min(MostPositions, count);
            WritePosition(positions);
            for (var position = 1; position <= positions; position++)
            {
                WritePosition(position);
            }
        }
    }

    /// <param name="position">Or how many of them follow.</param>
    private void WritePosition(int position)
    {
        BinaryPrimitives.WriteInt16BigEndian(_buffer.AsSpan(_length), (short)position);
        _length += BytesOfPosition;
    }
}
