using System.Text;
using System.Text.Json;

namespace Tidemark.Sources;

/// <summary>Text with fields in it, <c>Product: {name} ({metadata.brand})</c>; <c>{{</c> and <c>}}</c> are braces.</summary>
public sealed class FieldTemplate
{
    private readonly List<(string Literal, string? Field)> _parts = [];

    /// <summary>Reads one.</summary>
    /// <exception cref="TidemarkException"><see cref="ErrorCodes.Usage"/>: the template is broken.</exception>
    public FieldTemplate(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var literal = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            if (c is '{' or '}' && i + 1 < template.Length && template[i + 1] == c)
            {
                literal.Append(c);
                i++;
            }
            else if (c == '{' && template.IndexOf('}', i) is > 0 and var end && end > i + 1)
            {
                _parts.Add((literal.ToString(), template[(i + 1)..end].Trim()));
                literal.Clear();
                i = end;
            }
            else if (c is '{' or '}')
            {
                throw Broken(template);
            }
            else
            {
                literal.Append(c);
            }
        }

        if (_parts.Count == 0)
        {
            throw Broken(template);
        }

        _parts.Add((literal.ToString(), null));
    }

    /// <summary>What it is made of, in order: a text, and the field behind it; null behind the last one.</summary>
    public IReadOnlyList<(string Literal, string? Field)> Parts => _parts;

    /// <summary>The fields that it names, each once.</summary>
    public IEnumerable<string> Fields => _parts.Select(part => part.Field).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>
    /// Fields that are absent or null count as empty; objects and arrays stand as JSON.
    /// </summary>
    /// <param name="all">Whether every field must be there.</param>
    /// <returns>Null: none of the fields is there, or not all.</returns>
    internal string? Render(JsonRecord record, bool all) => Render(field => TextOf(record.Find(field)), all);

    /// <summary>The same from an object that is no record.</summary>
    internal string? Render(JsonElement root, bool all) => Render(field => TextOf(JsonRecord.FindIn(root, field)), all);

    /// <summary>The same from anything that has fields.</summary>
    /// <param name="find">What stands in a field; null: nothing.</param>
    /// <param name="all">Whether every field must be there.</param>
    /// <returns>Null: none of the fields is there, or not all.</returns>
    public string? Render(Func<string, string?> find, bool all)
    {
        ArgumentNullException.ThrowIfNull(find);
        var text = new StringBuilder();
        var found = 0;
        foreach (var (literal, field) in _parts)
        {
            text.Append(literal);
            if (field is not null && find(field) is { } value)
            {
                found++;
                text.Append(value);
            }
        }

        return found >= (all ? _parts.Count - 1 : 1) ? text.ToString() : null;
    }

    private static string? TextOf(JsonElement? value) =>
        value is not { } found ? null : found.ValueKind == JsonValueKind.String ? found.GetString() : found.GetRawText();

    private static TidemarkException Broken(string template) => new(
        ErrorCodes.Usage,
        $"the template '{template}' is broken",
        "write fields in braces, 'Product: {name}', and braces that are meant as such twice");
}
