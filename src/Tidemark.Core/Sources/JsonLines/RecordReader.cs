using System.Text.Json;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>What a record means, by the options of its source. Immutable; safe for concurrent use.</summary>
internal sealed class RecordReader
{
    /// <summary>The first one that is there is the text, where nobody named another.</summary>
    public static readonly IReadOnlyList<string> TextFields = ["text", "content", "page_content"];

    private readonly JsonLinesOptions _options;
    private readonly IReadOnlyList<string> _textFields;
    private readonly FieldTemplate? _textTemplate;
    private readonly FieldTemplate? _sourceIdTemplate;

    /// <exception cref="TidemarkException"><see cref="ErrorCodes.Usage"/>: a template is broken.</exception>
    public RecordReader(JsonLinesOptions options)
    {
        _options = options;
        _textFields = options.TextKey is { } key ? [key] : TextFields;
        _textTemplate = options.TextTemplate is { } text ? new FieldTemplate(text) : null;
        _sourceIdTemplate = options.SourceIdTemplate is { } sourceId ? new FieldTemplate(sourceId) : null;
    }

    public string IdField => _options.IdKey ?? "id";

    /// <summary>Null: what identifies a record without an id cannot be found without parsing it.</summary>
    public ContentIdScanner? ContentIds => ContentIdScanner.For(_options, _textFields);

    /// <exception cref="ItemException">The record has no identity that can be used.</exception>
    public RecordIdentity IdentityOf(JsonRecord record)
    {
        var id = IdOf(record);
        var sourceId = SourceIdOf(record);
        if (id is not null)
        {
            return new RecordIdentity(id, sourceId ?? id);
        }

        if (sourceId is null && _options.RequireIdentity)
        {
            throw BadRecord.Unidentified(record.Label);
        }

        if (RecordFields.IsTombstone(record))
        {
            return sourceId is null
                ? throw BadRecord.Unidentified(record.Label)
                : new RecordIdentity(null, sourceId);
        }

        var text = TextOf(record, out var textField);
        var metadata = MetadataOf(record, textField);
        var made = ContentId.Of(sourceId ?? "", text, metadata);
        return new RecordIdentity(made, sourceId ?? made, ContentId.FormerOf(sourceId ?? "", text, metadata));
    }

    /// <exception cref="ItemException">The record cannot be taken.</exception>
    public DocumentChange Read(JsonRecord record, ChangeToken token)
    {
        try
        {
            var (id, sourceId, formerId) = IdentityOf(record);
            var version = RecordFields.VersionOf(record);
            if (RecordFields.IsTombstone(record))
            {
                return id is null
                    ? new DocumentChange.DeleteSource(sourceId, version)
                    : new DocumentChange.Delete(id, sourceId, version, token);
            }

            var text = TextOf(record, out var textField);
            return new DocumentChange.Upsert(LineEnds.Unify(new Document
            {
                Id = id!,
                SourceId = sourceId,
                FormerId = formerId,
                Text = text,
                Metadata = MetadataOf(record, textField),
                Version = version,
                ExpiresAt = RecordFields.TimeOf(record, "expires_at"),
                Tier = RecordFields.StringOf(record, "tier"),
                Embedding = RecordFields.EmbeddingOf(record),
                Token = token,
            }));
        }
        catch (InvalidOperationException e)
        {
            // What the JSON reader says to half a surrogate pair.
            throw BadRecord.HalfPair(record.Label, e);
        }
    }

    private string? IdOf(JsonRecord record)
    {
        var field = IdField;
        if ((_options.IdKey is null ? record[field] : record[field] ?? record.Find(field)) is not { } value)
        {
            return null;
        }

        return Name(record, field, value);
    }

    private string? SourceIdOf(JsonRecord record)
    {
        if (_sourceIdTemplate is not null)
        {
            var made = _sourceIdTemplate.Render(record, all: true);
            return made?.Contains('\0', StringComparison.Ordinal) == true
                ? throw BadRecord.Nul(record.Label, _options.SourceIdTemplate!)
                : made;
        }

        return _options.SourceIdKey is { } field && record.Find(field) is { } value ? Name(record, field, value) : null;
    }

    /// <summary>A string, or a number exactly as it is written.</summary>
    private static string Name(JsonRecord record, string field, JsonElement value)
    {
        var name = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            _ => throw BadRecord.WrongType(record.Label, field, "a string or a number"),
        };
        return name.Length == 0 ? throw BadRecord.Malformed(record.Label, $"has an empty '{field}'")
            : name.Contains('\0', StringComparison.Ordinal) ? throw BadRecord.Nul(record.Label, field)
            : name;
    }

    private string TextOf(JsonRecord record, out string? field)
    {
        field = null;
        if (_textTemplate is not null)
        {
            return Checked(record, _options.TextTemplate!, _textTemplate.Render(record, all: false)
                ?? throw BadRecord.Malformed(
                    record.Label,
                    $"has none of the fields of the text template '{_options.TextTemplate}'",
                    "correct the template, or leave the record out"));
        }

        foreach (var name in _textFields)
        {
            if ((_options.TextKey is null ? record[name] : record[name] ?? record.Find(name)) is { } value)
            {
                field = name;
                return value.ValueKind == JsonValueKind.String
                    ? Checked(record, name, value.GetString()!)
                    : throw BadRecord.WrongType(record.Label, name, "a string");
            }
        }

        throw BadRecord.Malformed(
            record.Label,
            $"has no text: '{string.Join("', '", _textFields)}' is not there",
            "name the field that holds the text with JsonLinesOptions.TextKey, or make it with JsonLinesOptions.TextTemplate");
    }

    private static string Checked(JsonRecord record, string field, string text) =>
        text.Contains('\0', StringComparison.Ordinal) ? throw BadRecord.Nul(record.Label, field) : text;

    private DocumentMetadata MetadataOf(JsonRecord record, string? textField)
    {
        var idField = IdField;
        var metadata = MetadataCanonicalizer.Merge(
            record.Root,
            name => name == textField || (name == "id" ? idField == "id" : ReservedFields.Contains(name)),
            record.Metadata);
        return metadata.Json.Contains(@"\u0000", StringComparison.Ordinal)
            ? throw BadRecord.Nul(record.Label, "metadata")
            : metadata;
    }
}
