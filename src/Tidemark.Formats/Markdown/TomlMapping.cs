using System.Text.Json.Nodes;
using Tomlyn;
using Tomlyn.Parsing;

namespace Tidemark.Formats;

/// <summary>Turns TOML into an object of JSON, event by event; dates and times are text, as they are written.</summary>
internal sealed class TomlMapping
{
    private const int DeepestNesting = 64;

    private readonly string _toml;
    private readonly TomlParser _events;

    private TomlMapping(string toml)
    {
        _toml = toml;
        _events = TomlParser.Create(toml);
    }

    /// <summary>Keys that stand twice, with where the later one ends. The last one counts.</summary>
    private readonly List<(string Key, int At)> _repeated = [];

    /// <exception cref="TomlException">It is no TOML.</exception>
    public static JsonObject Read(string toml) => Read(toml, out _);

    /// <param name="toml">TOML 1.0.</param>
    /// <param name="repeated">Keys that stand twice, of which the last one counts, with the line of the later one, from 0.</param>
    /// <exception cref="TomlException">It is no TOML.</exception>
    public static JsonObject Read(string toml, out IReadOnlyList<(string Key, int Line)> repeated)
    {
        var mapping = new TomlMapping(toml);
        var root = new JsonObject();
        while (mapping._events.MoveNext())
        {
            if (mapping._events.Current.Kind == TomlParseEventKind.StartTable)
            {
                mapping.ReadTable(root, 1);
            }
        }

        repeated = [.. mapping._repeated.Select(one => (one.Key, toml.AsSpan(0, one.At).Count('\n')))];
        return root;
    }

    private void ReadTable(JsonObject table, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw new TomlException("nested too deeply");
        }

        while (_events.MoveNext() && _events.Current.Kind != TomlParseEventKind.EndTable)
        {
            // A table may be gone on with further down.
            var name = _events.GetPropertyName();
            _events.MoveNext();
            if (table[name] is { } former && !GoesOn(former))
            {
                _repeated.Add((name, _events.Current.Span?.Offset ?? 0));
            }

            table[name] = Value(table[name], depth);
        }
    }

    private void ReadArray(JsonArray array, int depth)
    {
        while (_events.MoveNext() && _events.Current.Kind != TomlParseEventKind.EndArray)
        {
            array.Add(Value(null, depth));
        }
    }

    private bool GoesOn(JsonNode former) => _events.Current.Kind switch
    {
        TomlParseEventKind.StartTable => former is JsonObject,
        TomlParseEventKind.StartArray => former is JsonArray,
        _ => false,
    };

    private JsonNode? Value(JsonNode? known, int depth)
    {
        var current = _events.Current;
        switch (current.Kind)
        {
            case TomlParseEventKind.StartTable:
                var table = (known?.DeepClone() as JsonObject) ?? [];
                ReadTable(table, depth + 1);
                return table;
            case TomlParseEventKind.StartArray:
                var array = (known?.DeepClone() as JsonArray) ?? [];
                ReadArray(array, depth + 1);
                return array;
            case TomlParseEventKind.String:
                return JsonValue.Create(_events.GetString() is var said && !said.Contains('\0', StringComparison.Ordinal)
                    ? said
                    : throw new TomlException("a NUL character"));
            case TomlParseEventKind.Integer:
                return JsonValue.Create(current.GetInt64());
            case TomlParseEventKind.Boolean:
                return JsonValue.Create(current.GetBoolean());
            case TomlParseEventKind.Float when double.IsFinite(current.GetDouble()):
                return JsonValue.Create(current.GetDouble());
            default:
                return JsonValue.Create(current.Span is { } span ? _toml.Substring(span.Offset, span.Length) : null);
        }
    }
}
