using System.Text.Json;
using Tidemark.Embedding.Pricing;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Syncing;

namespace Tidemark.Cli.Output;

internal static class RunJson
{
    /// <param name="paid">What the ledger has of the run.</param>
    public static void Write(Utf8JsonWriter json, RunRecord run, IReadOnlyList<LedgerEntry> paid)
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
        JsonValues.WriteMoney(json, "cost", paid.Count > 0 ? CostJson.Known(CostJson.SumOf(paid)) : figures.Cost);
        JsonValues.WriteMoney(json, "avoidedCost", figures.AvoidedCost);
        WriteFailure(json, figures.Failure);
        json.WriteStartObject("paid");
        CostJson.WriteSum(json, CostJson.SumOf(paid));
        CostJson.WriteCauses(json, paid);
        json.WriteEndObject();
        json.WritePropertyName("report");
        WriteReport(json, run);
        json.WriteEndObject();
    }

    private static void WriteFailure(Utf8JsonWriter json, RunFailure? failure)
    {
        if (failure is null)
        {
            json.WriteNull("error");
        }
        else
        {
            SyncReportJson.WriteFailure(json, failure);
        }
    }

    /// <summary>The report as it was printed; of a run that left none, what ended it; null where that is open.</summary>
    public static void WriteReport(Utf8JsonWriter json, RunRecord? run)
    {
        if (run?.ReportJson is { Length: > 0 } report)
        {
            json.WriteRawValue(report, skipInputValidation: false);
        }
        else if (run is { Outcome: { } outcome } && RunFigures.Of(run).Failure is { } failure)
        {
            json.WriteStartObject();
            json.WriteNumber("run", run.Id);
            json.WriteString("namespace", run.Namespace);
            json.WriteString("outcome", SyncReportJson.NameOf(outcome));
            SyncReportJson.WriteFailure(json, failure);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
