using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Tidemark.Sources;

/// <summary>
/// Makes the id of a record that has none out of its source id and its text, without building anything of the record:
/// the path of unchanged lines. Where there is anything unusual about it, it finds nothing, and the whole record is
/// parsed.
/// </summary>
internal sealed class ContentIdScanner
{
    private const int Other = -1, Metadata = -2, SourceId = -3, Unusual = -4;

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
    public ReadOnlyMemory<byte> Find(ReadOnlySpan<byte> line, ByteArena arena)
    {
        try
        {
            return Utf8.IsValid(line) ? Scan(line, arena) : default;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    private ReadOnlyMemory<byte> Scan(ReadOnlySpan<byte> line, ByteArena arena)
    {
        Span<ValueSlice> texts = stackalloc ValueSlice[_textFields.Length];
        ValueSlice ofRecord = default, ofMetadata = default;
        var reader = new Utf8JsonReader(line, IdScanner.Reading);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return default;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref reader);
            reader.Read();
            switch (field)
            {
                case Unusual:
                    return default;
                case Other:
                    reader.Skip();
                    break;
                case SourceId:
                    ofRecord = ValueSlice.Take(ref reader);
                    break;
                case Metadata when reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.Null):
                    return default;
                case Metadata:
                    ofMetadata = SourceIdIn(ref reader);
                    break;
                default:
                    texts[field] = ValueSlice.Take(ref reader);
                    break;
            }
        }

        // Throws if anything follows the record.
        reader.Read();
        return Make(line, arena, ofMetadata.IsAbsent ? ofRecord : ofMetadata, FirstOf(texts));
    }

    private ReadOnlyMemory<byte> Make(ReadOnlySpan<byte> line, ByteArena arena, ValueSlice sourceId, ValueSlice text)
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
        ContentId.Write(source, content, id.Span);
        return id;
    }

    private int FieldOf(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < _textFields.Length; i++)
        {
            if (reader.ValueTextEquals(_textFields[i]))
            {
                return i;
            }
        }

        return reader.ValueTextEquals("metadata"u8) ? Metadata
            : _sourceIdField is not null && reader.ValueTextEquals(_sourceIdField) ? SourceId
            : reader.ValueTextEquals("id"u8) || reader.ValueTextEquals("deleted"u8)
                || reader.ValueTextEquals("deleted_at"u8) ? Unusual
            : Other;
    }

    private ValueSlice SourceIdIn(ref Utf8JsonReader reader)
    {
        ValueSlice found = default;
        if (reader.TokenType == JsonTokenType.Null)
        {
            return found;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isSourceId = _sourceIdField is not null && reader.ValueTextEquals(_sourceIdField);
            reader.Read();
            var value = ValueSlice.Take(ref reader);
            found = isSourceId ? value : found;
        }

        return found;
    }

    private static ValueSlice FirstOf(ReadOnlySpan<ValueSlice> texts)
    {
        foreach (var text in texts)
        {
            if (!text.IsAbsent)
            {
                return text;
            }
        }

        return default;
    }
}
