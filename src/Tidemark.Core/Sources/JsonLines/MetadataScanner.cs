using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tidemark.Sources;

/// <summary>
/// Brings the metadata of an ordinary record into its canonical form (<see cref="Documents.MetadataCanonicalizer"/>) without
/// building anything of the record. One that has objects in its metadata is not ordinary.
/// </summary>
internal sealed class MetadataScanner
{
    /// <summary>Names with such bytes may stand in another order in UTF-16 than in UTF-8.</summary>
    private const byte FirstOfOtherOrder = 0xEE;

    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    [ThreadStatic]
    private static MetadataScanner? t_scanner;

    private readonly List<Field> _fields = [];
    private ReadOnlyMemory<byte> _line;
    private ByteArena _arena = null!;

    /// <summary>False: the record has to be parsed.</summary>
    public bool IsOrdinary { get; private set; }

    /// <summary>The one of this thread, which forgets what it had.</summary>
    public static MetadataScanner Begin(ReadOnlyMemory<byte> line, ByteArena arena)
    {
        var scanner = t_scanner ??= new MetadataScanner();
        (scanner._line, scanner._arena, scanner.IsOrdinary) = (line, arena, true);
        scanner._fields.Clear();
        return scanner;
    }

    /// <summary>The <c>metadata</c> object begins, in the place of one that may have stood before.</summary>
    public void BeginObject() => _fields.RemoveAll(field => field.OfObject);

    /// <summary>Takes a property; the reader stands at its name, and at the end of its value afterwards.</summary>
    /// <param name="ofObject">Of the <c>metadata</c> object, which wins over the record's own.</param>
    public void Take(ref Utf8JsonReader reader, bool ofObject)
    {
        var name = TextOf(ref reader);
        IsOrdinary &= name.Span.IndexOfAnyInRange(FirstOfOtherOrder, (byte)0xFF) < 0;
        reader.Read();
        _fields.Add(new Field(name, ValueOf(ref reader), ofObject, _fields.Count));
    }

    /// <summary>The canonical JSON; empty where there is no metadata.</summary>
    public ReadOnlySpan<byte> Write()
    {
        if (_fields.Count == 0)
        {
            return default;
        }

        _fields.Sort();
        var pieces = new List<ReadOnlyMemory<byte>>(2 * _fields.Count);
        for (var i = 0; i < _fields.Count; i++)
        {
            // Of those with the same name, the last one given counts.
            if (i + 1 == _fields.Count || !_fields[i + 1].Name.Span.SequenceEqual(_fields[i].Name.Span))
            {
                pieces.Add(Quoted(_fields[i].Name));
                pieces.Add(_fields[i].Value);
            }
        }

        return Join(pieces, (byte)'{', (byte)'}', isObject: true).Span;
    }

    private ReadOnlyMemory<byte> ValueOf(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return Quoted(TextOf(ref reader));
            case JsonTokenType.StartArray:
                var values = new List<ReadOnlyMemory<byte>>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    values.Add(ValueOf(ref reader));
                }

                return Join(values, (byte)'[', (byte)']', isObject: false);
            case JsonTokenType.StartObject:
                IsOrdinary = false;
                reader.Skip();
                return default;
            default:
                return _line.Slice((int)reader.TokenStartIndex, reader.ValueSpan.Length);
        }
    }

    /// <summary>A name or a string, unescaped.</summary>
    private ReadOnlyMemory<byte> TextOf(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return _line.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        }

        var text = _arena.Take(reader.ValueSpan.Length);
        text = text[..reader.CopyString(text.Span)];
        IsOrdinary &= !text.Span.Contains((byte)0);
        return text;
    }

    /// <summary>As a JSON string in the one way in which metadata are written.</summary>
    private Memory<byte> Quoted(ReadOnlyMemory<byte> text)
    {
        var first = Encoder.FindFirstCharacterToEncodeUtf8(text.Span);
        var quoted = _arena.Take(2 + (first < 0 ? text.Length : text.Length * Encoder.MaxOutputCharactersPerInputCharacter));
        var length = text.Length;
        if (first < 0)
        {
            text.Span.CopyTo(quoted.Span[1..]);
        }
        else
        {
            Encoder.EncodeUtf8(text.Span, quoted.Span[1..], out _, out length);
        }

        quoted.Span[0] = quoted.Span[length + 1] = (byte)'"';
        return quoted[..(length + 2)];
    }

    private Memory<byte> Join(List<ReadOnlyMemory<byte>> pieces, byte open, byte close, bool isObject)
    {
        var length = 1 + Math.Max(1, pieces.Count);
        pieces.ForEach(piece => length += piece.Length);
        var joined = _arena.Take(length);
        var at = 0;
        joined.Span[at++] = open;
        for (var i = 0; i < pieces.Count; i++)
        {
            pieces[i].Span.CopyTo(joined.Span[at..]);
            at += pieces[i].Length;
            joined.Span[at++] = i + 1 == pieces.Count ? close : isObject && i % 2 == 0 ? (byte)':' : (byte)',';
        }

        joined.Span[^1] = close;
        return joined;
    }

    private readonly record struct Field(ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> Value, bool OfObject, int Order)
        : IComparable<Field>
    {
        public int CompareTo(Field other)
        {
            var byName = Name.Span.SequenceCompareTo(other.Name.Span);
            return byName != 0 ? byName
                : OfObject != other.OfObject ? OfObject.CompareTo(other.OfObject)
                : Order.CompareTo(other.Order);
        }
    }
}
