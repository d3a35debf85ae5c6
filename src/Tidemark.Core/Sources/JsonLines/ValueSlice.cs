using System.Text.Json;

namespace Tidemark.Sources;

/// <summary>Where in its line a value stands; absent and null are the same.</summary>
internal readonly record struct ValueSlice(JsonTokenType Type, int Start, int Length, bool Escaped)
{
    public bool IsAbsent => Type is JsonTokenType.None or JsonTokenType.Null;

    /// <summary>The value that the reader stands at; of objects and arrays only the type is told.</summary>
    public static ValueSlice Take(ref Utf8JsonReader reader)
    {
        var quote = reader.TokenType == JsonTokenType.String ? 1 : 0;
        var slice = new ValueSlice(
            reader.TokenType, (int)reader.TokenStartIndex + quote, reader.ValueSpan.Length, reader.ValueIsEscaped);
        reader.Skip();
        return slice;
    }

    /// <summary>The text in UTF-8.</summary>
    /// <exception cref="InvalidOperationException">It is no text: half a surrogate pair.</exception>
    public ReadOnlySpan<byte> TextIn(ReadOnlySpan<byte> line, ByteArena arena)
    {
        if (!Escaped)
        {
            return line.Slice(Start, Length);
        }

        var reader = new Utf8JsonReader(line.Slice(Start - 1, Length + 2));
        reader.Read();
        var text = arena.Take(Length).Span;
        return text[..reader.CopyString(text)];
    }
}
