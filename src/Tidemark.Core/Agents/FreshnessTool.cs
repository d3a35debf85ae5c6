using System.Text.Json;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Syncing.History;
using Tidemark.Wire;

namespace Tidemark.Agents;

/// <summary>How far the index may be behind its sources.</summary>
internal static class FreshnessTool
{
    private static readonly string[] Unrelated = [AlertCodes.MonthlyBudget, AlertCodes.IndexGrowth];

    private static readonly AgentToolText Text = new(
        "freshness",
        "How fresh the index is",
        "Says when the sources were last looked through, how late changes arrive (percentiles, seconds), whether that is later than agreed, and "
        + "what else somebody should know of the index before trusting that it has everything.",
        """{"type":"object","additionalProperties":false,"properties":{}}""",
        """
        {"type":"object","required":["namespace","documents","breached","alerts"],"properties":{
          "namespace":{"type":"string"},
          "documents":{"type":"integer"},
          "chunks":{"type":"integer"},
          "sources":{"type":"array","items":{"type":"string"}},
          "lastCompleteSync":{"type":["string","null"],"description":"When a run last ended that saw all of its sources."},
          "lastCompleteSyncAge":{"type":["number","null"],"description":"Seconds since then."},
          "slaSeconds":{"type":["number","null"],"description":"Changes should be found within this."},
          "p50":{"type":["number","null"],"description":"Half of the changes were found within so many seconds."},
          "p95":{"type":["number","null"]},
          "p99":{"type":["number","null"]},
          "changes":{"type":"integer","description":"How many changes that is of."},
          "windowSeconds":{"type":["number","null"]},
          "breached":{"type":"boolean","description":"True: the index is staler than agreed."},
          "queue":{"type":"object","description":"Changes that are known and not indexed yet."},
          "lastRun":{"type":["object","null"]},
          "alerts":{"type":"array","items":{"type":"object","properties":{"code":{"type":"string"},"message":{"type":"string"}}}}}}
        """);

    public static AgentTool Make(AgentOptions options) => new(Text, async (index, _, cancellationToken) =>
    {
        var status = await index.StatusAsync(options.Status with { Namespace = options.Namespace }, cancellationToken).ConfigureAwait(false);
        return json => Write(json, status);
    });

    private static void Write(Utf8JsonWriter json, StatusReport status)
    {
        json.WriteStartObject();
        json.WriteString("namespace", status.Namespace.Name);
        json.WriteNumber("documents", status.Namespace.Documents);
        json.WriteNumber("chunks", status.Namespace.Chunks);
        JsonFields.Write(json, "sources", status.Sources.Select(source => source.Name));
        JsonFields.Write(json, "lastCompleteSync", status.Namespace.LastCompleteSync);
        StatusReportJson.WriteMembers(json, status.Freshness);
        QueueJson.WriteCounts(json, status.Queue);
        Write(json, status.LastRun);
        StatusReportJson.WriteAlerts(json, [.. status.Alerts.Where(alert => !Unrelated.Contains(alert.Code, StringComparer.Ordinal))]);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RunRecord? run)
    {
        if (run is null)
        {
            json.WriteNull("lastRun");
            return;
        }

        json.WriteStartObject("lastRun");
        json.WriteNumber("run", run.Id);
        json.WriteString("command", run.Command);
        JsonFields.Write(json, "startedAt", run.StartedAt);
        JsonFields.Write(json, "finishedAt", run.FinishedAt);
        json.WriteString("outcome", run.Outcome is { } outcome ? RunOutcomeName.Of(outcome) : null);
        json.WriteEndObject();
    }
}
