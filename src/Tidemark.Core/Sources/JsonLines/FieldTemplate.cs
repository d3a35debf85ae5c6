using System.Text;
using System.Text.Json;

namespace Tidemark.Sources;

/// <summary>Text with fields in it, <c>Product: {name} ({metadata.brand})</c>; <c>{{</c> and <c>}}</c> are braces.</summary>
internal sealed class FieldTemplate
{
    private readonly List<(string Literal, string? Field)> _parts = [];

    /// <exception cref="TidemarkException"><see cref="ErrorCodes.Usage"/>: the template is broken.</exception>
    public FieldTemplate(string template)
    {
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

    /// <summary>
    /// Fields that are absent or null count as empty; objects and arrays stand as JSON.
    /// </summary>
    /// <param name="all">Whether every field must be there.</param>
    /// <returns>Null: none of the fields is there, or not all.</returns>
    public string? Render(JsonRecord record, bool all)
    {
        var text = new StringBuilder();
        var found = 0;
        foreach (var (literal, field) in _parts)
        {
            text.Append(literal);
            if (field is not null && record.Find(field) is { } value)
            {
                found++;
                text.Append(value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText());
            }
        }

        return found >= (all ? _parts.Count - 1 : 1) ? text.ToString() : null;
    }

    private static TidemarkException Broken(string template) => new(
        ErrorCodes.Usage,
        $"the template '{template}' is broken",
        "write fields in braces, 'Product: {name}', and braces that are meant as such twice");
}
