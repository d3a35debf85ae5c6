using System.Text.Json;
using Tidemark.Embedding.Pricing;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>The history of a namespace, as <c>runs</c> prints it.</summary>
public static class RunJson
{
    /// <summary>Writes an array with one object a run, in the order of the runs.</summary>
    /// <param name="json">Gets it.</param>
    /// <param name="runs">As the history has them.</param>
    /// <param name="paid">What the ledger has of these runs.</param>
    public static void Write(Utf8JsonWriter json, IEnumerable<RunRecord> runs, IEnumerable<LedgerEntry> paid)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(paid);
        var byRun = paid.ToLookup(entry => entry.Run);
        json.WriteStartArray();
        foreach (var run in runs)
        {
            Write(json, run, [.. byRun[run.Id]]);
        }

        json.WriteEndArray();
    }

    /// <summary>The member <c>lastRun</c>.</summary>
    internal static void WriteLast(Utf8JsonWriter json, RunRecord? run)
    {
        json.WritePropertyName("lastRun");
        WriteReport(json, run);
    }

    private static void Write(Utf8JsonWriter json, RunRecord run, IReadOnlyList<LedgerEntry> paid)
    {
        var figures = RunFigures.Of(run);
        json.WriteStartObject();
        json.WriteNumber("run", run.Id);
        json.WriteString("namespace", run.Namespace);
        json.WriteString("command", run.Command);
        JsonFields.Write(json, "sources", run.Sources);
        JsonFields.Write(json, "startedAt", run.StartedAt);
        JsonFields.Write(json, "finishedAt", run.FinishedAt);
        json.WriteString("outcome", run.Outcome is { } outcome ? RunOutcomeName.Of(outcome) : null);
        json.WriteBoolean("completeSync", run.CompleteSync);
        JsonFields.Write(json, "elapsedSeconds", figures.Elapsed?.TotalSeconds);
        JsonFields.Write(json, "skipRate", figures.SkipRate);
        JsonFields.WriteMoney(json, "cost", paid.Count > 0 ? LedgerSum.Of(paid).PricedCost : figures.Cost);
        JsonFields.WriteMoney(json, "avoidedCost", figures.AvoidedCost);
        FailureJson.WriteOrNull(json, figures.Failure ?? figures.Undelivered?.Failure);
        json.WriteStartObject("paid");
        LedgerJson.WriteMembers(json, paid);
        json.WriteEndObject();
        json.WritePropertyName("report");
        WriteReport(json, run);
        json.WriteEndObject();
    }

    /// <summary>The report as it was printed; of a run that left none, what ended it; null where that is open.</summary>
    private static void WriteReport(Utf8JsonWriter json, RunRecord? run)
    {
        if (run?.ReportJson is { Length: > 0 } report)
        {
            json.WriteRawValue(report, skipInputValidation: false);
        }
        else if (run is { Outcome: not null } && RunFigures.Of(run).Failure is { } failure)
        {
            json.WriteStartObject();
            RunReportJson.WriteEnd(json, run, failure);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
