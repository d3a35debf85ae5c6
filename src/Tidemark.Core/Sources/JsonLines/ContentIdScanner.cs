using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>
/// Makes the id of a record that has none out of its source id, text and metadata, without building anything of the record:
/// the path of unchanged lines. Where there is anything unusual about it, it finds nothing, and the whole record is
/// parsed.
/// </summary>
internal sealed class ContentIdScanner
{
    private const int Other = 0, Text = 1, Metadata = 2, SourceId = 3, Reserved = 4, Unusual = 5;

    private readonly byte[][] _textFields;
    private readonly byte[]? _sourceIdField;
    private readonly bool _sourceIdRequired;

    private ContentIdScanner(JsonLinesOptions options, IEnumerable<string> textFields)
    {
        _textFields = [.. textFields.Select(Encoding.UTF8.GetBytes)];
        _sourceIdField = options.SourceIdKey is { } field ? Encoding.UTF8.GetBytes(field) : null;
        _sourceIdRequired = options.RequireIdentity;
    }

    /// <summary>Null: with these options, records have to be parsed.</summary>
    public static ContentIdScanner? For(JsonLinesOptions options, IReadOnlyList<string> textFields)
    {
        var sourceIdField = options.SourceIdKey ?? "";
        return options is { IdKey: null, TextTemplate: null, SourceIdTemplate: null }
            && !ReservedFields.Contains(sourceIdField)
            && !textFields.Contains(sourceIdField, StringComparer.Ordinal)
            && !textFields.Any(ReservedFields.Contains)
            ? new ContentIdScanner(options, textFields)
            : null;
    }

    /// <summary>In the arena; empty: the record has to be parsed.</summary>
    public ReadOnlyMemory<byte> Find(ReadOnlyMemory<byte> line, ByteArena arena)
    {
        try
        {
            return Utf8.IsValid(line.Span) ? Scan(line, arena) : default;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    private ReadOnlyMemory<byte> Scan(ReadOnlyMemory<byte> line, ByteArena arena)
    {
        ValueSlice text = default, ofRecord = default, ofMetadata = default;
        var metadata = MetadataScanner.Begin(line, arena);
        var reader = new Utf8JsonReader(line.Span, JsonNesting.Reading);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return default;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (FieldOf(ref reader))
            {
                case Unusual:
                case Text when text.Type != JsonTokenType.None:
                    return default;
                case Text:
                    reader.Read();
                    text = ValueSlice.Take(ref reader);
                    break;
                case Reserved:
                    reader.Read();
                    reader.Skip();
                    break;
                case Metadata:
                    reader.Read();
                    if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.Null))
                    {
                        return default;
                    }

                    ofMetadata = SourceIdIn(ref reader, metadata);
                    break;
                case SourceId:
                    ofRecord = ValueAfter(reader);
                    metadata.Take(ref reader, ofObject: false);
                    break;
                default:
                    metadata.Take(ref reader, ofObject: false);
                    break;
            }
        }

        // Throws if anything follows the record.
        reader.Read();
        return metadata.IsOrdinary ? Make(line.Span, arena, ofMetadata.IsAbsent ? ofRecord : ofMetadata, text, metadata) : default;
    }

    private ReadOnlyMemory<byte> Make(
        ReadOnlySpan<byte> line, ByteArena arena, ValueSlice sourceId, ValueSlice text, MetadataScanner metadata)
    {
        if (text.Type != JsonTokenType.String
            || (sourceId.IsAbsent ? _sourceIdRequired : sourceId.Type is not (JsonTokenType.String or JsonTokenType.Number))
            || (sourceId is { Type: JsonTokenType.String, Length: 0 }))
        {
            return default;
        }

        var source = sourceId.IsAbsent ? default : sourceId.TextIn(line, arena);
        var content = text.TextIn(line, arena);
        if (source.Contains((byte)0) || content.Contains((byte)0))
        {
            return default;
        }

        var id = arena.Take(ContentId.Length);
        ContentId.Write(source, content, metadata.Write(), id.Span);
        return id;
    }

    /// <summary>The value of the property at whose name the reader stands.</summary>
    private static ValueSlice ValueAfter(Utf8JsonReader reader)
    {
        reader.Read();
        return ValueSlice.Take(ref reader);
    }

    private int FieldOf(ref Utf8JsonReader reader)
    {
        foreach (var text in _textFields)
        {
            if (reader.ValueTextEquals(text))
            {
                return Text;
            }
        }

        return reader.ValueTextEquals("metadata"u8) ? Metadata
            : _sourceIdField is not null && reader.ValueTextEquals(_sourceIdField) ? SourceId
            : reader.ValueTextEquals("id"u8) || reader.ValueTextEquals("deleted"u8)
                || reader.ValueTextEquals("deleted_at"u8) ? Unusual
            : ReservedFields.Contains(ref reader) ? Reserved
            : Other;
    }

    private ValueSlice SourceIdIn(ref Utf8JsonReader reader, MetadataScanner metadata)
    {
        ValueSlice found = default;
        metadata.BeginObject();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return found;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            found = _sourceIdField is not null && reader.ValueTextEquals(_sourceIdField) ? ValueAfter(reader) : found;
            metadata.Take(ref reader, ofObject: true);
        }

        return found;
    }
}
