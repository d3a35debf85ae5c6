using System.Text.Json;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Cli.Output;

internal static class RunJson
{
    public static void Write(Utf8JsonWriter json, RunRecord run)
    {
        json.WriteStartObject();
        json.WriteNumber("run", run.Id);
        json.WriteString("namespace", run.Namespace);
        json.WriteString("command", run.Command);
        json.WriteStartArray("sources");
        foreach (var source in run.Sources)
        {
            json.WriteStringValue(source);
        }

        json.WriteEndArray();
        json.WriteString("startedAt", Units.Rfc3339(run.StartedAt));
        JsonValues.Write(json, "finishedAt", run.FinishedAt);
        json.WriteString("outcome", run.Outcome is { } outcome ? SyncReportJson.NameOf(outcome) : null);
        json.WriteBoolean("completeSync", run.CompleteSync);
        var figures = RunFigures.Of(run);
        JsonValues.Write(json, "elapsedSeconds", figures.Elapsed?.TotalSeconds);
        JsonValues.Write(json, "skipRate", figures.SkipRate);
        JsonValues.Write(json, "cost", figures.Cost);
        json.WritePropertyName("report");
        WriteReport(json, run);
        json.WriteEndObject();
    }

    /// <summary>The report as it was printed; null where the run has none.</summary>
    public static void WriteReport(Utf8JsonWriter json, RunRecord? run)
    {
        if (run?.ReportJson is { Length: > 0 } report)
        {
            json.WriteRawValue(report, skipInputValidation: false);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
