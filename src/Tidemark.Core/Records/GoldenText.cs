using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>Golden queries and their results as every store keeps them. Pure.</summary>
public static class GoldenText
{
    private const double ScoreUnit = 1e9;

    /// <summary>Names stand in it as they are, so that they are found by whoever looks for them.</summary>
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A JSON array of conditions.</summary>
    public static string OfFilter(IReadOnlyList<string> filter) => Write(json => WriteNames(json, filter));

    /// <summary>A JSON object: ids and their grades, in the order in which they were given.</summary>
    public static string OfExpected(IReadOnlyList<GoldenAnswer> expected) => Write(json => WriteExpected(json, expected));

    /// <summary>A JSON array of objects; null stays null.</summary>
    public static string? OfResults(IReadOnlyList<GoldenResult>? results) => results is null ? null : Write(json =>
    {
        json.WriteStartArray();
        foreach (var result in results)
        {
            json.WriteStartObject();
            json.WriteString("query", result.Question.Query);
            json.WritePropertyName("filter");
            WriteNames(json, result.Question.Filter);
            json.WritePropertyName("expected");
            WriteExpected(json, result.Question.Expected);
            json.WriteBoolean("must", result.Question.Must);
            if (result.Score is { } score)
            {
                json.WriteNumber("score", score);
            }

            json.WritePropertyName("found");
            WriteNames(json, result.Found);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>A score in 10^-9.</summary>
    public static long? OfScore(double? score) => score is { } known ? (long)Math.Round(known * ScoreUnit) : null;

    /// <summary>What <see cref="OfScore"/> gave.</summary>
    public static double? ReadScore(long? stored) => stored / ScoreUnit;

    /// <summary>A query as a row has it.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>.</exception>
    public static GoldenQuery ReadQuery(string query, string filter, string expected, bool must, long since) => new()
    {
        Query = query,
        Filter = StoredValue.Names(Encoding.UTF8.GetBytes(filter), Table, "filter"),
        Expected = Parse(expected, FindExpected) ?? throw StoredValue.Damaged(Table, "its 'expected' are no ids with their grades"),
        Must = must,
        Since = StoreTime.FromStored(since, Table, "since"),
    };

    /// <returns>Null: there are none, or none that could be read; nothing is decided by them.</returns>
    public static IReadOnlyList<GoldenResult>? ReadResults(string? results) => results is null ? null : Parse(results, FindResults);

    private const string Table = "table golden_query";

    private static T? Parse<T>(string json, Func<JsonElement, T?> find)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return find(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return null; // no JSON, or not such as a store writes
        }
    }

    private static List<GoldenAnswer> FindExpected(JsonElement json) =>
        [.. json.EnumerateObject().Select(one => new GoldenAnswer(one.Name, one.Value.GetInt32()))];

    private static List<GoldenResult> FindResults(JsonElement json) =>
    [
        .. json.EnumerateArray().Select(one => new GoldenResult(
            new GoldenQuery
            {
                Query = one.GetProperty("query").GetString()!,
                Filter = FindNames(one.GetProperty("filter")),
                Expected = FindExpected(one.GetProperty("expected")),
                Must = one.GetProperty("must").GetBoolean(),
            },
            one.TryGetProperty("score", out var score) ? score.GetDouble() : null,
            FindNames(one.GetProperty("found")))),
    ];

    private static List<string> FindNames(JsonElement json) => [.. json.EnumerateArray().Select(one => one.GetString()!)];

    private static void WriteNames(Utf8JsonWriter json, IReadOnlyList<string> names)
    {
        json.WriteStartArray();
        foreach (var name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private static void WriteExpected(Utf8JsonWriter json, IReadOnlyList<GoldenAnswer> expected)
    {
        json.WriteStartObject();
        foreach (var (document, grade) in expected)
        {
            json.WriteNumber(document, grade);
        }

        json.WriteEndObject();
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
