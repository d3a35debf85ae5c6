using System.Text.Json;
using Tidemark.Syncing;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>What <c>watch</c> prints when it ends: all its runs as one, in the form of a sync's report, with why it had to list.</summary>
public static class WatchReportJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, WatchReport report)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(report);
        json.WriteStartObject();
        if (report.Total is { } total)
        {
            RunReportJson.WriteMembers(json, total with { Elapsed = report.Elapsed });
        }
        else
        {
            json.WriteNull("run");
            JsonFields.WriteElapsed(json, report.Elapsed);
        }

        json.WriteNumber("runs", report.Runs);
        json.WriteNumber("completeRuns", report.Complete);
        json.WriteStartObject("fallbacks");
        foreach (var (reason, count) in report.Fallbacks.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(reason, count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
