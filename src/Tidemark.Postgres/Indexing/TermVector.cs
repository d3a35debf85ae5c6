using System.Buffers.Binary;
using System.Text;
using Tidemark.Indexing;
using Tidemark.Wording;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// A text's words as the binary form of <c>tsvector</c>: each word once; one that stands there several times with as many positions
/// (at most 255), which only count. Pairs of characters of scripts without blanks have their true ones, of weight A, so that it can be
/// asked whether they follow each other. The words of what stands above a chunk are among them, each behind a character that no word has.
/// Reused for many texts.
/// </summary>
/// <param name="stemmer">That of the generation; null: words stand as they are.</param>
internal sealed class TermVector(Stemmer? stemmer)
{
    /// <summary>PostgreSQL keeps no position behind this one; a text of more words has none that are true.</summary>
    private const int LastPosition = (1 << 14) - 1;

    /// <summary>PostgreSQL's bound is a megabyte for all words and positions of a text.</summary>
    private const int MostBytes = 900_000;

    /// <summary>A new word takes its bytes and so many; the next times it takes a position.</summary>
    private const int BytesBesideTerm = 10;

    private const int BytesOfPosition = sizeof(short);

    private const int WeightA = 3 << 14;

    /// <summary>What a word of a caption begins with.</summary>
    private const char MarkOfCaption = '\u0001';

    private readonly TermCounts _counts = new();
    private readonly int[] _positions = new int[KeywordRanking.MostCounted];
    private byte[] _buffer = new byte[16 * 1024];
    private byte[] _text = new byte[4 * 1024];
    private int _length;
    private int _bytes;
    private int _placeInCaption;

    /// <summary>The text's words, parts and pairs of words not counted: what BM25 weighs against the average.</summary>
    public int Length { get; private set; }

    /// <summary>Valid until the next text is read.</summary>
    public ReadOnlySpan<byte> Binary => _buffer.AsSpan(0, _length);

    /// <summary>A word as it stands there if it is one of a caption.</summary>
    public static string OfCaption(string word) => MarkOfCaption + word;

    /// <summary>The word itself, whether it is one of a caption or not.</summary>
    public static string WithoutMark(string word) => word is [MarkOfCaption, ..] ? word[1..] : word;

    /// <param name="caption">What stands above it; empty: nothing.</param>
    public TermVector Read(string text, string caption)
    {
        _counts.Clear();
        _bytes = sizeof(int);
        Length = _placeInCaption = 0;
        if (caption.Length > 0)
        {
            var sinkOfCaption = new SinkOfCaption(this);
            WordAnalysis.Read(Encode(caption), stemmer, ref sinkOfCaption);
        }

        var sink = new Sink(this);
        WordAnalysis.Read(Encode(text), stemmer, ref sink);
        Write(_bytes);
        return this;
    }

    private ReadOnlySpan<byte> Encode(string text)
    {
        if (_text.Length < Encoding.UTF8.GetMaxByteCount(text.Length))
        {
            _text = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        }

        return _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text));
    }

    /// <summary>Whether stored words are those of the text that was read; PostgreSQL may have put them into another order.</summary>
    public bool IsSame(int length, ReadOnlySpan<byte> stored) =>
        length == Length && (stored.SequenceEqual(Binary) || Sorted(stored).SequenceEqual(Sorted(Binary), StringComparer.Ordinal));

    /// <summary>Of a text with very many different words, the first ones are searched by.</summary>
    private void Add(ReadOnlySpan<byte> word, WordKind kind)
    {
        Length += kind <= WordKind.NextBigram ? 1 : 0;
        Add(word, kind, Length);
    }

    private void AddOfCaption(ReadOnlySpan<byte> word, WordKind kind)
    {
        Span<byte> marked = stackalloc byte[WordAnalysis.LongestWord + 1];
        marked[0] = (byte)MarkOfCaption;
        word.CopyTo(marked[1..]);
        _placeInCaption += kind <= WordKind.NextBigram ? 1 : 0;
        Add(marked[..(word.Length + 1)], kind, _placeInCaption);
    }

    private void Add(ReadOnlySpan<byte> word, WordKind kind, int place)
    {
        if (_bytes + BytesOfPosition <= MostBytes)
        {
            var isPair = kind is WordKind.Bigram or WordKind.NextBigram;
            var taken = _counts.Add(word, MostBytes - _bytes - BytesBesideTerm - BytesOfPosition, isPair ? place : 0);
            _bytes += taken < 0 ? 0 : (taken > 0 ? taken + BytesBesideTerm : 0) + (taken == 0 || isPair ? BytesOfPosition : 0);
        }
    }

    private static List<string> Sorted(ReadOnlySpan<byte> binary)
    {
        var words = new List<string>();
        for (var rest = binary[sizeof(int)..]; !rest.IsEmpty;)
        {
            var end = rest.IndexOf((byte)0);
            var next = end + 1 + sizeof(short) + (BinaryPrimitives.ReadInt16BigEndian(rest[(end + 1)..]) * BytesOfPosition);
            words.Add($"{Encoding.UTF8.GetString(rest[..end])} {Convert.ToHexString(rest[end..next])}");
            rest = rest[next..];
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
            WritePositions(i, count);
        }
    }

    private void WritePositions(int word, int count)
    {
        var known = Length <= LastPosition ? _counts.GetPositions(word, _positions) : 0;
        if (known > 0)
        {
            WriteNumber(known);
            foreach (var position in _positions.AsSpan(0, known))
            {
                WriteNumber(WeightA | position);
            }

            return;
        }

        var times = count == 1 ? 0 : Math.Min(KeywordRanking.MostCounted, count);
        WriteNumber(times);
        for (var position = 1; position <= times; position++)
        {
            WriteNumber(position);
        }
    }

    private void WriteNumber(int number)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(_length), (ushort)number);
        _length += BytesOfPosition;
    }

    private readonly struct Sink(TermVector vector) : IWordSink
    {
        public void Add(ReadOnlySpan<byte> word, WordKind kind) => vector.Add(word, kind);
    }

    private readonly struct SinkOfCaption(TermVector vector) : IWordSink
    {
        public void Add(ReadOnlySpan<byte> word, WordKind kind) => vector.AddOfCaption(word, kind);
    }
}
