using System.Text.Json;

namespace Tidemark.Records;

/// <summary>
/// Which saved plan a run does, where its report will stand: a run whose process is killed leaves no report, but has begun the plan.
/// </summary>
internal static class PlanNote
{
    private const string Beginning = """{"begins":""";

    public static string Of(string plan) => $"{Beginning}\"{JsonEncodedText.Encode(plan)}\"}}";

    /// <returns>Null: it is a report, or nothing.</returns>
    public static string? Read(string? stored)
    {
        if (stored?.StartsWith(Beginning, StringComparison.Ordinal) is not true)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(stored);
            return json.RootElement.GetProperty("begins").GetString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // damaged: what is no report tells nothing
        }
    }
}
