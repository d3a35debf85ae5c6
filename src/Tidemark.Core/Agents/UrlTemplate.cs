using System.Text;
using System.Text.Json;
using Tidemark.Documents;

namespace Tidemark.Agents;

/// <summary>
/// The address of a document, made of what is known of it: <c>https://docs.example/{path}</c>. Fields: <c>{path}</c>, the id without the name of
/// its source; <c>{stem}</c>, that without its extension; <c>{id}</c>; <c>{source}</c>; else a field of the metadata. What is put in is
/// percent-encoded, except where the template is one field and that is a web address: <c>{url}</c>.
/// </summary>
public sealed class UrlTemplate
{
    private const string Remedy = "write an address with fields in braces: 'https://docs.example/{path}', or '{url}' where documents have that field";

    private readonly List<(string Literal, string? Field)> _parts = [];
    private readonly string _template;

    private UrlTemplate(string template) => _template = template;

    private bool IsField => _parts is [("", { }), ("", null)];

    /// <summary>Reads a template.</summary>
    /// <exception cref="TidemarkException"><c>usage</c>: it is none, or would give no address.</exception>
    public static UrlTemplate Parse(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var read = new UrlTemplate(template);
        var at = 0;
        while (template.IndexOf('{', at) is >= 0 and var start)
        {
            var end = template.IndexOf('}', start);
            read._parts.Add((template[at..start], end > start + 1 ? template[(start + 1)..end].Trim() : throw Broken(template)));
            at = end + 1;
        }

        read._parts.Add((template[at..], null));
        var sample = string.Concat(read._parts.Select(part => part.Literal + (part.Field is null ? "" : "x")));
        return read._parts.Count > 1
            && !read._parts.Exists(part => part.Literal.AsSpan().IndexOfAny('}', ' ') >= 0 || part.Field?.AsSpan().IndexOfAny('{', ' ') >= 0)
            && (read.IsField || (sample.Contains(':', StringComparison.Ordinal) && Uri.TryCreate(sample, UriKind.Absolute, out _)))
                ? read
                : throw Broken(template);
    }

    /// <summary>The address of one document.</summary>
    /// <param name="id">Of the document.</param>
    /// <param name="source">The name of its source.</param>
    /// <param name="metadata">Its own.</param>
    /// <returns>Null: it lacks a field, or the field is no web address.</returns>
    public string? Of(string id, string source, DocumentMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(source);
        var address = new StringBuilder();
        foreach (var (literal, field) in _parts)
        {
            address.Append(literal);
            if (field is null)
            {
                continue;
            }

            if (ValueOf(id, source, metadata, field) is not { Length: > 0 } value)
            {
                return null;
            }

            address.Append(IsField ? value : Encode(value));
        }

        return !IsField || (Uri.TryCreate(address.ToString(), UriKind.Absolute, out var web) && web.Scheme is "http" or "https")
            ? address.ToString()
            : null;
    }

    /// <summary>As it was written.</summary>
    public override string ToString() => _template;

    /// <summary>Slashes stay, so that a path stays one.</summary>
    internal static string Encode(string value) => string.Join('/', value.Split('/').Select(Uri.EscapeDataString));

    private static string? ValueOf(string id, string source, DocumentMetadata metadata, string field) => field switch
    {
        "id" => id,
        "source" => source,
        "path" => PathOf(id, source),
        "stem" => Path.ChangeExtension(PathOf(id, source), null),
        _ => FieldOf(metadata.Json, field),
    };

    private static string PathOf(string id, string source) =>
        id.StartsWith(source + "/", StringComparison.Ordinal) ? id[(source.Length + 1)..] : id;

    private static string? FieldOf(string metadata, string field)
    {
        using var json = JsonDocument.Parse(metadata);
        return !json.RootElement.TryGetProperty(field, out var value) ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString()
            : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
            : null;
    }

    private static TidemarkException Broken(string template) => new(ErrorCodes.Usage, $"'{template}' is no address of documents", Remedy);
}
