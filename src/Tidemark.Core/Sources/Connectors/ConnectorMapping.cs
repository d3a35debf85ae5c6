using System.Text;
using System.Text.Json;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>What a record of a stream becomes, by the settings.</summary>
internal sealed class ConnectorMapping
{
    /// <summary>A longer text of a record is in the document's text, and not once more in its metadata.</summary>
    private const int LongestValue = 256;

    private static readonly string[] DeletedFields = ["_sdc_deleted_at", "_ab_cdc_deleted_at"];
    private static readonly string[] Internal = ["_sdc_", "_ab_", "_airbyte_"];

    private readonly ConnectorOptions _options;
    private readonly FieldTemplate? _template;
    private readonly string[]? _ids;

    /// <exception cref="TidemarkException"><see cref="ErrorCodes.Usage"/>: the template is broken.</exception>
    public ConnectorMapping(ConnectorOptions options)
    {
        _options = options;
        _template = options.TextTemplate is { } template ? new FieldTemplate(template) : null;
        _ids = options.IdKey?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <param name="stream">Its name.</param>
    /// <param name="keys">The fields of its key, if its schema says so.</param>
    /// <param name="data">The record.</param>
    /// <param name="item">How it is named in an error.</param>
    /// <exception cref="ItemException">No document can be made of it.</exception>
    public DocumentChange Map(string stream, IReadOnlyList<string>? keys, JsonElement data, string item)
    {
        try
        {
            if (data.ValueKind != JsonValueKind.Object)
            {
                throw BadRecord.Malformed(item, $"has a record of '{stream}' that is no object");
            }

            var id = IdOf(stream, _ids ?? keys, data, item);
            if (DeletedFields.Any(field => data.TryGetProperty(field, out var at) && at is not { ValueKind: JsonValueKind.Null } && at.ToString().Length > 0))
            {
                return new DocumentChange.Delete(id, stream, DocumentVersion.None, ChangeToken.None);
            }

            var (text, field) = TextOf(data, id);
            return new DocumentChange.Upsert(new Document
            {
                Id = id,
                SourceId = stream,
                Text = text,
                Metadata = MetadataCanonicalizer.Merge(data, name => IsLeftOut(data, name, field), upper: null),
            });
        }
        catch (InvalidOperationException e)
        {
            throw BadRecord.HalfPair(item, e);
        }
    }

    private string IdOf(string stream, IReadOnlyList<string>? keys, JsonElement data, string item)
    {
        var fields = keys is { Count: > 0 } ? keys : ["id"];
        var id = new StringBuilder($"{_options.Name}/{stream}");
        foreach (var field in fields)
        {
            var part = data.TryGetProperty(field, out var value) ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                _ => null,
            }
            : null;
            if (string.IsNullOrEmpty(part) || part.Contains('\0', StringComparison.Ordinal))
            {
                throw new ItemException(
                    ErrorCodes.SourceUnidentified,
                    $"'{item}' is a record of '{stream}' without a usable '{field}'",
                    "name the fields that identify it with ConnectorOptions.IdKey, with commas between them");
            }

            // Two parts must not look like two others.
            id.Append('/').Append(fields.Count == 1 ? part : part.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal));
        }

        return id.ToString();
    }

    /// <returns>The text, and the field that it is; null: it is made of several.</returns>
    private (string Text, string? Field) TextOf(JsonElement data, string item)
    {
        if (_template is not null)
        {
            return (_template.Render(data, all: false) ?? "", null);
        }

        foreach (var name in _options.TextKey is { } key ? [key] : RecordReader.TextFields)
        {
            if (data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
            {
                return (value.GetString()!, name);
            }
        }

        if (_options.TextKey is { } missing)
        {
            throw BadRecord.Malformed(item, $"has no text in '{missing}'", "name the field that holds the text with ConnectorOptions.TextKey, or make it with ConnectorOptions.TextTemplate");
        }

        var lines = new StringBuilder();
        foreach (var field in data.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.String && !IsInternal(field.Name)))
        {
            lines.Append(lines.Length == 0 ? "" : "\n").Append(field.Name).Append(": ").Append(field.Value.GetString());
        }

        return (lines.ToString(), null);
    }

    private bool IsLeftOut(JsonElement data, string name, string? text) =>
        name == text || IsInternal(name)
        || (text is null && _template is null && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString()!.Length > LongestValue);

    private static bool IsInternal(string name) => Internal.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal));
}
