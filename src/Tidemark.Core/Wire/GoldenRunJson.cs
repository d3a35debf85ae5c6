using System.Text.Json;
using Tidemark.Judging;
using Tidemark.Records;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>What golden queries got, as <c>golden run</c> and <c>golden history</c> print it.</summary>
public static class GoldenRunJson
{
    /// <summary>Writes an array with one object a run, in the order of the runs.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<GoldenRun> runs)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(runs);
        json.WriteStartArray();
        foreach (var run in runs)
        {
            json.WriteStartObject();
            WriteMembers(json, run);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes one object: a run with what each query got, and what became of it since the run before.</summary>
    public static void Write(Utf8JsonWriter json, GoldenReport report)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(report);
        json.WriteStartObject();
        WriteMembers(json, report.Run);
        WriteChange(json, report.Change);
        json.WriteStartArray("results");
        foreach (var result in report.Run.Results ?? [])
        {
            json.WriteStartObject();
            GoldenQueryJson.WriteMembers(json, result.Question);
            JsonFields.Write(json, "score", result.Score);
            JsonFields.Write(json, "found", result.Found);
            JsonFields.Write(json, "missing", GoldenMetric.Missing(result.Question, result.Found));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, GoldenRun run)
    {
        json.WriteNumber("run", run.Id);
        json.WriteNumber("generation", run.Generation);
        JsonFields.Write(json, "at", run.At);
        json.WriteString("metric", run.Metric);
        json.WriteNumber("queries", run.Queries);
        json.WriteNumber("labelled", run.Labelled);
        json.WriteNumber("missed", run.Missed);
        JsonFields.Write(json, "score", run.Score);
    }

    private static void WriteChange(Utf8JsonWriter json, GoldenChange? change)
    {
        if (change is null)
        {
            json.WriteNull("change");
            return;
        }

        json.WriteStartObject("change");
        json.WriteNumber("since", change.Since.Id);
        json.WriteNumber("queries", change.Queries);
        JsonFields.Write(json, "before", change.Before);
        JsonFields.Write(json, "now", change.Now);
        GoldenComparisonJson.WriteLost(json, change.Lost);
        json.WriteStartArray("worse");
        foreach (var one in change.Worse)
        {
            json.WriteStartObject();
            GoldenQueryJson.WriteMembers(json, one.Question);
            JsonFields.Write(json, "before", one.Active);
            JsonFields.Write(json, "now", one.Candidate);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
