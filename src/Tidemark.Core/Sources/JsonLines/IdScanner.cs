using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>
/// Finds the id of a record without parsing more of the line than needed: the path of unchanged lines. Where there is
/// anything unusual about it, it finds nothing, and the whole record is parsed.
/// </summary>
internal sealed class IdScanner
{
    private readonly byte[] _name;
    private readonly byte[] _quoted;

    public IdScanner(string field)
    {
        _name = Encoding.UTF8.GetBytes(field);
        _quoted = [(byte)'"', .. _name, (byte)'"'];
    }

    /// <summary>A slice of the line, or of the arena where the id is written with escapes; empty: not found.</summary>
    public ReadOnlyMemory<byte> Find(ReadOnlyMemory<byte> line, ByteArena arena)
    {
        var reader = new Utf8JsonReader(line.Span, JsonNesting.Reading);
        var found = ReadOnlyMemory<byte>.Empty;
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return default;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = reader.ValueTextEquals(_name);
                reader.Read();
                if (isId)
                {
                    found = ValueOf(ref reader, line, arena);
                    if (found.IsEmpty || line.Span[(int)reader.BytesConsumed..].IndexOf(_quoted) < 0)
                    {
                        return found;
                    }
                }

                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default;
        }

        return found;
    }

    private static ReadOnlyMemory<byte> ValueOf(ref Utf8JsonReader reader, ReadOnlyMemory<byte> line, ByteArena arena)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number) || reader.ValueSpan.IsEmpty)
        {
            return default;
        }

        if (reader.ValueIsEscaped)
        {
            var copy = arena.Take(reader.ValueSpan.Length);
            copy = copy[..reader.CopyString(copy.Span)];
            return copy.Span.Contains((byte)0) ? default : copy;
        }

        var quote = reader.TokenType == JsonTokenType.String ? 1 : 0;
        var value = line.Slice((int)reader.TokenStartIndex + quote, reader.ValueSpan.Length);
        return Utf8.IsValid(value.Span) ? value : default;
    }
}
