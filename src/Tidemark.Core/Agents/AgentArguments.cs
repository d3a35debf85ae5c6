using System.Globalization;
using System.Text.Json;

namespace Tidemark.Agents;

/// <summary>The arguments of one call, checked as they are read: models make mistakes that a clear sentence mends.</summary>
internal sealed class AgentArguments
{
    private readonly string _tool;
    private readonly Dictionary<string, JsonElement> _given = new(StringComparer.Ordinal);

    /// <exception cref="TidemarkException"><c>usage</c>: the tool has no such argument.</exception>
    public AgentArguments(string tool, JsonElement schema, IEnumerable<KeyValuePair<string, JsonElement>> given)
    {
        _tool = tool;
        string[] known = [.. schema.GetProperty("properties").EnumerateObject().Select(property => property.Name)];
        foreach (var (name, value) in given)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw Wrong($"'{tool}' has no argument '{name}'", NearestName.Find(name, known) is { } nearest
                    ? $"did you mean '{nearest}'?"
                    : known.Length == 0 ? "call it without arguments" : $"it has: {string.Join(", ", known.Select(one => $"'{one}'"))}");
            }

            if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
            {
                _given[name] = value;
            }
        }
    }

    /// <exception cref="TidemarkException"><c>usage</c>: it is not there, or empty.</exception>
    public string RequireText(string name) => Text(name) is { } text && !string.IsNullOrWhiteSpace(text)
        ? text
        : throw Wrong($"'{_tool}' needs '{name}', a text that is not empty", $"give it: {{\"{name}\":\"…\"}}");

    /// <exception cref="TidemarkException"><c>usage</c>: it is no text.</exception>
    public string? Text(string name) => !_given.TryGetValue(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Wrong($"'{name}' is {value.GetRawText()}", "give it a text");

    /// <summary>Texts, or one.</summary>
    /// <exception cref="TidemarkException"><c>usage</c>: it is neither.</exception>
    public IReadOnlyList<string> Texts(string name) => !_given.TryGetValue(name, out var value) ? []
        : value.ValueKind == JsonValueKind.String ? [value.GetString()!]
        : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(one => one.GetString()!)]
        : throw Wrong($"'{name}' is {value.GetRawText()}", "give it a list of texts");

    /// <exception cref="TidemarkException"><c>usage</c>: it is no whole number within the bounds.</exception>
    public int Integer(string name, int @default, int least, int most) => !_given.TryGetValue(name, out var value) ? @default
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most ? number
        : throw Wrong(
            $"'{name}' is {value.GetRawText()}",
            string.Create(CultureInfo.InvariantCulture, $"give it a whole number from {least} to {most}"));

    private static TidemarkException Wrong(string message, string remedy) => new(ErrorCodes.Usage, message, remedy);
}
