using System.Text;
using System.Text.Json;

namespace Tidemark.Server.Hooks.Mapping;

/// <summary>
/// A value of a mapping: a pointer, which takes what stands there as it is, or a text with places in braces. Read once, when the service
/// starts. Immutable.
/// </summary>
internal sealed class EventValue
{
    private readonly EventPlace? _whole;
    private readonly IReadOnlyList<(string Text, EventPlace? Place)> _parts;

    private EventValue(EventPlace? whole, IReadOnlyList<(string Text, EventPlace? Place)> parts) => (_whole, _parts) = (whole, parts);

    /// <summary>What it always is; null: that depends on the event.</summary>
    public string? Constant => _whole is null && _parts.All(part => part.Place is null) ? string.Concat(_parts.Select(part => part.Text)) : null;

    /// <exception cref="FormatException">It is none.</exception>
    public static EventValue Parse(string text)
    {
        if (text.StartsWith('/') && !text.Contains('{', StringComparison.Ordinal))
        {
            return new EventValue(EventPlace.Parse(text), []);
        }

        var parts = new List<(string, EventPlace?)>();
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('{', at);
            if (open < 0)
            {
                parts.Add((text[at..], null));
                break;
            }

            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                throw new FormatException($"'{text}' has a '{{' without a '}}'");
            }

            parts.Add((text[at..open], EventPlace.Parse(text[(open + 1)..close])));
            at = close + 1;
        }

        return new EventValue(null, parts);
    }

    /// <summary>As text.</summary>
    /// <returns>Null: it is a pointer that may lead to nothing, and does.</returns>
    /// <exception cref="EventFault">Something is missing, or is no text.</exception>
    public string? Text(EventScope scope)
    {
        if (_whole is not null)
        {
            return _whole.Text(scope);
        }

        var text = new StringBuilder();
        foreach (var (fixedText, place) in _parts)
        {
            text.Append(fixedText).Append(place?.Text(scope));
        }

        return text.ToString();
    }

    /// <summary>As a name, of which no part may be empty: whatever lacks that part would have the same one.</summary>
    /// <param name="what">What it names.</param>
    /// <param name="scope">What pointers lead to.</param>
    /// <returns>Null: it is a pointer that may lead to nothing, and does.</returns>
    /// <exception cref="EventFault">Something is missing, empty, or no text.</exception>
    public string? Name(string what, EventScope scope)
    {
        foreach (var place in _whole is null ? _parts.Select(part => part.Place).OfType<EventPlace>() : [_whole])
        {
            if (place.Text(scope) is { } text && string.IsNullOrWhiteSpace(text))
            {
                throw new EventFault($"a part of its {what} is empty: {place}", "have the sender send it, or point to something that is never empty");
            }
        }

        return Text(scope);
    }

    /// <summary>Writes it as a member: as it stands in the event where it is a pointer, else as text.</summary>
    /// <param name="json">Gets it.</param>
    /// <param name="name">Of the member.</param>
    /// <param name="scope">What pointers lead to.</param>
    /// <param name="leavesOut">Whether a pointer may lead to nothing in any case.</param>
    /// <returns>False: there is nothing to write.</returns>
    /// <exception cref="EventFault">Something is missing, or is no text.</exception>
    public bool Write(Utf8JsonWriter json, string name, EventScope scope, bool leavesOut = false)
    {
        if (_whole is null)
        {
            json.WriteString(name, Text(scope));
            return true;
        }

        if (_whole.Find(scope, leavesOut) is not { } value)
        {
            return false;
        }

        json.WritePropertyName(name);
        value.WriteTo(json);
        return true;
    }
}
