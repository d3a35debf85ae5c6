using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tidemark.Records;

/// <summary>Takes out of a run's report what it says of documents. Pure.</summary>
public static class ReportErasure
{
    private static readonly string[] Lists = ["errors", "warnings"];

    /// <returns>The report without the items that name one of them; null: none does.</returns>
    public static string? Without(string report, IReadOnlyCollection<string> documents)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(documents);
        if (Parse(report) is not JsonObject root)
        {
            return null;
        }

        var removed = 0;
        foreach (var items in Lists.Select(list => root[list]).OfType<JsonArray>())
        {
            removed += items.RemoveAll(item => documents.Any(document => Names(item, document)));
        }

        if (root["error"] is { } failure && documents.Any(document => Names(failure, document)))
        {
            root["error"] = new JsonObject { ["code"] = (string?)failure["code"], ["message"] = "forgotten", ["remedy"] = "" };
            removed++;
        }

        return removed > 0 ? root.ToJsonString() : null;
    }

    private static JsonNode? Parse(string report)
    {
        try
        {
            return JsonNode.Parse(report);
        }
        catch (JsonException)
        {
            return null; // a damaged one is told by whoever reads it
        }
    }

    private static bool Names(JsonNode? item, string document) => item is JsonObject members && members.Any(member =>
        member.Value is JsonValue value && value.TryGetValue<string>(out var text)
        && (text == document || text.Contains($"'{document}'", StringComparison.Ordinal)
            || (document.Length >= ErasureTrace.Least && text.Contains(document, StringComparison.Ordinal))));
}
