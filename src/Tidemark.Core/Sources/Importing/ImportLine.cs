using System.Text.Json;
using System.Text.Unicode;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>One line of an export: one chunk of a document.</summary>
internal sealed record ImportLine
{
    /// <summary>The source of lines that name none.</summary>
    public const string DefaultSource = "import";

    public required string Document { get; init; }

    public required string Source { get; init; }

    /// <summary>Null where the other system numbers nothing.</summary>
    public long? Ordinal { get; init; }

    public required OwnChunk Chunk { get; init; }

    public DocumentMetadata Metadata { get; init; }

    /// <summary>The document and source of a line, and whether it says that it is the first of them; the rest is not looked at.</summary>
    /// <exception cref="ItemException">The line is no JSON object or names no document.</exception>
    public static (string Document, string Source, bool IsFirst) Identify(ReadOnlyMemory<byte> line, string label)
    {
        using var parsed = Open(line, label);
        var record = parsed.RootElement;
        return (Name(record, label, "document")
                ?? throw BadRecord.Malformed(label, "has no 'document'", "name the document that the chunk is of"),
            Name(record, label, "source") ?? DefaultSource,
            Field(record, "ordinal") is { ValueKind: JsonValueKind.Number } ordinal && ordinal.TryGetInt64(out var number) && number == 0);
    }

    /// <exception cref="ItemException">A field is missing or of a wrong type.</exception>
    public static ImportLine Parse(ReadOnlyMemory<byte> line, string label)
    {
        using var parsed = Open(line, label);
        try
        {
            return Parse(parsed.RootElement, label);
        }
        catch (InvalidOperationException e)
        {
            throw BadRecord.HalfPair(label, e);
        }
    }

    private static ImportLine Parse(JsonElement record, string label)
    {
        var text = Text(record, label, "text")
            ?? throw BadRecord.Malformed(label, "has no 'text'", "give each chunk its text");
        var vector = Field(record, "vector") ?? Field(record, "embedding");
        var metadata = Field(record, "metadata") switch
        {
            null => DocumentMetadata.Empty,
            { ValueKind: JsonValueKind.Object } value => MetadataCanonicalizer.Of(value),
            _ => throw BadRecord.WrongType(label, "metadata", "an object"),
        };
        return new ImportLine
        {
            Document = Name(record, label, "document")!,
            Source = Name(record, label, "source") ?? DefaultSource,
            Ordinal = OrdinalOf(record, label),
            Chunk = new OwnChunk(text, Text(record, label, "heading"), vector is { } numbers
                ? new OwnEmbedding(RecordFields.VectorOf(label, "vector", numbers), Text(record, label, "space"))
                : null),
            Metadata = metadata.Json.Contains(@"\u0000", StringComparison.Ordinal)
                ? throw BadRecord.Nul(label, "metadata")
                : metadata,
        };
    }

    private static JsonDocument Open(ReadOnlyMemory<byte> line, string label)
    {
        JsonDocument? parsed = null;
        try
        {
            parsed = Utf8.IsValid(line.Span)
                ? JsonDocument.Parse(line, JsonNesting.ParsingWrapped)
                : throw BadRecord.Malformed(label, "is not UTF-8", "convert the file to UTF-8");
            return parsed.RootElement.ValueKind == JsonValueKind.Object
                ? parsed
                : throw BadRecord.Malformed(label, "is not a JSON object");
        }
        catch (JsonException e)
        {
            throw BadRecord.NotJson(label, line.Span, JsonNesting.ParsingWrapped.MaxDepth, e);
        }
        catch (ItemException)
        {
            parsed?.Dispose();
            throw;
        }
    }

    private static long? OrdinalOf(JsonElement record, string label) => Field(record, "ordinal") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out var ordinal) => ordinal,
        _ => throw BadRecord.WrongType(label, "ordinal", "a whole number"),
    };

    private static string? Name(JsonElement record, string label, string field)
    {
        try
        {
            return Field(record, field) is { ValueKind: JsonValueKind.Number } number
                ? number.GetRawText()
                : Text(record, label, field) is not { } name ? null
                : name.Length > 0 ? name : throw BadRecord.Malformed(label, $"has an empty '{field}'");
        }
        catch (InvalidOperationException e)
        {
            throw BadRecord.HalfPair(label, e);
        }
    }

    private static string? Text(JsonElement record, string label, string field) => Field(record, field) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString() is { } text && text.Contains('\0', StringComparison.Ordinal)
            ? throw BadRecord.Nul(label, field)
            : value.GetString(),
        _ => throw BadRecord.WrongType(label, field, "a string"),
    };

    private static JsonElement? Field(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
