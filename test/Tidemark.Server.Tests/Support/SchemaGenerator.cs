using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tidemark.Server.Tests.Support;

/// <summary>Values of JSON Schemas: such as they have, and such as nearly are. The same for the same random numbers.</summary>
internal sealed class SchemaGenerator(JsonElement schemas, Random random)
{
    private const string Reference = "#/components/schemas/";

    private static readonly string[] Good = ["a", "b/c.md", "hello world", "ü", "lang", "2026-01-01"];

    private static readonly string[] Odd =
    [
        "", " ", "0", "-1", "1e400", "99999999999999999999", "null", "true", "%00", "\u0001", "..", "' OR 1=1 --", "\"", "\\", "{", "]", "<b>", "日本語", "\U0001F600", "\u202E", "a\r\nb",
        new('x', 5_000), "2026-13-45", "lang=", "=x", "a>=", "*", "NEAR(a b)", "hashing:0", "-", "9999-12-31T23:59:59Z",
    ];

    public int Next(int most) => random.Next(most);

    public string Text(bool isValid) => isValid ? Good[random.Next(Good.Length)] : Odd[random.Next(Odd.Length)];

    /// <summary>In a query, once or several times.</summary>
    public IEnumerable<string> Texts(JsonElement schema, bool isValid, string name)
    {
        if (!isValid)
        {
            return random.Next(4) == 0 ? [Text(isValid: false), Text(isValid: true)] : [Text(isValid: false)];
        }

        return schema.Text("type") switch
        {
            "integer" => [random.NextInt64(schema.GetProperty("minimum").GetInt64(), schema.GetProperty("maximum").GetInt64()).ToString(CultureInfo.InvariantCulture)],
            "boolean" => [random.Next(2) == 0 ? "true" : "false"],
            "array" => name == "filter" ? ["lang=en"] : [Text(isValid: true)],
            _ => [schema.TryGetProperty("enum", out var choices) ? choices[random.Next(choices.GetArrayLength())].GetString()! : ByName(name)],
        };
    }

    /// <summary>A body.</summary>
    public string Json(JsonElement schema, bool isValid)
    {
        var made = Value(schema, "", 0);
        if (!isValid)
        {
            return random.Next(8) switch
            {
                0 => "{",
                1 => new string('[', 5_000),
                2 => "[]",
                3 => "null",
                _ => Bent(made).ToJsonString(),
            };
        }

        return made?.ToJsonString() ?? "null";
    }

    /// <summary>A batch.</summary>
    public string Lines(bool isValid) => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => (isValid
        ? $$"""{"id":"{{Text(isValid: true)}}","text":"A line."}"""
        : Json(schemas.GetProperty("DocumentToPut"), isValid: false)) + "\n"));

    /// <summary>One member is missing, of another kind, or too many.</summary>
    private JsonNode Bent(JsonNode? made)
    {
        if (made is not JsonObject json || json.Count == 0)
        {
            return JsonValue.Create(Text(isValid: false));
        }

        var name = json.ElementAt(random.Next(json.Count)).Key;
        switch (random.Next(6))
        {
            case 0:
                json.Remove(name);
                break;
            case 1:
                json[name] = Text(isValid: false);
                break;
            case 2:
                json[name] = new JsonArray(new JsonObject(), 1);
                break;
            case 3:
                json[name] = random.Next(2) == 0 ? long.MaxValue : -1.5;
                break;
            case 4:
                json[name] = null;
                break;
            default:
                json[Text(isValid: false)] = true;
                break;
        }

        return json;
    }

    private JsonNode? Value(JsonElement schema, string name, int depth)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Value(schemas.GetProperty(reference.GetString()![Reference.Length..]), name, depth);
        }

        if (schema.TryGetProperty("enum", out var choices))
        {
            return choices[random.Next(choices.GetArrayLength())].GetString();
        }

        return TypeOf(schema) switch
        {
            "integer" => random.NextInt64(
                schema.TryGetProperty("minimum", out var least) ? least.GetInt64() : 0, schema.TryGetProperty("maximum", out var most) ? most.GetInt64() : 1_000),
            "number" => random.NextDouble(),
            "boolean" => random.Next(2) == 0,
            "array" => new JsonArray(name == "filter" ? "lang=en" : depth > 2 ? null : Value(schema.GetProperty("items"), name, depth + 1)),
            "object" => Object(schema, depth),
            _ => schema.TryGetProperty("format", out var format) && format.GetString() == "date-time" ? "2026-01-01T00:00:00Z" : ByName(name),
        };
    }

    private JsonObject Object(JsonElement schema, int depth)
    {
        var json = new JsonObject();
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(one => one.GetString()!).ToHashSet(StringComparer.Ordinal) : [];
        foreach (var member in schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : default)
        {
            if (required.Contains(member.Name) || random.Next(3) == 0)
            {
                json[member.Name] = Value(member.Value, member.Name, depth + 1);
            }
        }

        if (json.Count == 0 && !schema.TryGetProperty("properties", out _))
        {
            json["lang"] = "en";
        }

        return json;
    }

    private static string TypeOf(JsonElement schema) => schema.GetProperty("type") is { ValueKind: JsonValueKind.Array } several ? several[0].GetString()! : schema.Text("type");

    /// <summary>Where a description says in words what a text is.</summary>
    private string ByName(string name) => name switch
    {
        "namespace" => "default",
        "from" or "run" => "1",
        "to" or "asOf" => "2",
        "embedder" => "hashing:64",
        "chunkSize" => "800",
        "chunkOverlap" => "0",
        "budget" => "1.50",
        "tier" => "standard",
        "cursor" => "",
        _ => Text(isValid: true),
    };
}
