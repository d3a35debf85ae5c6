using System.Buffers;
using System.Text;
using System.Text.Json;
using Tidemark.Embedding.Pricing;
using Tidemark.Records;

namespace Tidemark.Syncing.History;

/// <summary>
/// A run's report: what the history keeps of it and what is printed are the same text. <see cref="StoredReport"/> reads it.
/// </summary>
internal static class RunReportJson
{
    /// <summary>One object on one line, as the history keeps it.</summary>
    public static string Of(SyncReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteMembers(writer, report);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Of a run that did not come so far that it had anything to report but its end.</summary>
    public static string Of(RunRecord ended, RunFailure? failure)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteEnd(writer, ended, failure);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the members of that object.</summary>
    public static void WriteEnd(Utf8JsonWriter json, RunRecord ended, RunFailure? failure)
    {
        json.WriteNumber("run", ended.Id);
        json.WriteString("namespace", ended.Namespace);
        json.WriteString("outcome", RunOutcomeName.Of(ended.Outcome!.Value));
        FailureJson.Write(json, failure);
    }

    /// <summary>Writes the members of the object, for whoever has more to say in it.</summary>
    public static void WriteMembers(Utf8JsonWriter json, SyncReport report)
    {
        JsonFields.Write(json, "run", report.Run);
        json.WriteString("namespace", report.Namespace);
        json.WriteString("cleanup", report.Cleanup);
        json.WriteString("outcome", RunOutcomeName.Of(report.Outcome));
        WriteDocuments(json, report.Documents);
        WriteChunks(json, report.Chunks);
        WriteEmbedding(json, report.Embedding);
        WriteGuard(json, report.Guard);
        WriteBudget(json, report.Budget);
        WriteIndex(json, report.Index);
        WriteFollower(json, report.Follower);
        FailureJson.Write(json, report.Errors);
        FailureJson.Write(json, report.Failure);
        FailureJson.Write(json, report.Warnings);
        WriteNotTaken(json, report.NotTaken);
        json.WriteNumber("withoutText", report.WithoutText);
        if (report.Plan is { } plan)
        {
            json.WriteString("plan", plan);
        }

        LatencyJson.Write(json, report.Latency);
        JsonFields.WriteElapsed(json, report.Elapsed);
        if (report.Changes is { } changes)
        {
            PlannedChangeJson.Write(json, changes, isBinding: false);
            PlannedChangeJson.WriteReindexed(json, changes);
            PlannedChangeJson.WritePrice(json, report.Embedding.Tokens, report.Embedding.Cost);
        }
    }

    /// <summary>The member <c>notTaken</c>: how many files of each ending nothing reads.</summary>
    public static void WriteNotTaken(Utf8JsonWriter json, IReadOnlyDictionary<string, long> notTaken)
    {
        json.WriteStartObject("notTaken");
        foreach (var (ending, files) in notTaken)
        {
            json.WriteNumber(ending, files);
        }

        json.WriteEndObject();
    }

    private static void WriteFollower(Utf8JsonWriter json, FollowerReport? follower)
    {
        if (follower is null)
        {
            return;
        }

        json.WriteStartObject("follower");
        json.WriteNumber("generation", follower.Generation);
        json.WriteNumber("documents", follower.Documents);
        json.WriteNumber("chunks", follower.Chunks);
        json.WriteNumber("behind", follower.Behind);
        json.WriteNumber("undelivered", follower.Undelivered);
        if (follower.Embedding is { } embedding)
        {
            WriteEmbedding(json, embedding);
        }

        FailureJson.Write(json, follower.Failure);
        json.WriteEndObject();
    }

    private static void WriteDocuments(Utf8JsonWriter json, DocumentCounts counts)
    {
        json.WriteStartObject("documents");
        json.WriteNumber("seen", counts.Seen);
        json.WriteNumber("added", counts.Added);
        json.WriteNumber("updated", counts.Updated);
        json.WriteNumber("skipped", counts.Skipped);
        json.WriteNumber("deleted", counts.Deleted);
        json.WriteNumber("moved", counts.Moved);
        json.WriteNumber("outdated", counts.Outdated);
        json.WriteNumber("forgotten", counts.Forgotten);
        json.WriteNumber("failed", counts.Failed);
        json.WriteNumber("tombstones", counts.Tombstones);
        json.WriteEndObject();
    }

    private static void WriteChunks(Utf8JsonWriter json, ChunkCounts counts)
    {
        json.WriteStartObject("chunks");
        json.WriteNumber("added", counts.Added);
        json.WriteNumber("patched", counts.Patched);
        json.WriteNumber("unchanged", counts.Unchanged);
        json.WriteNumber("deleted", counts.Deleted);
        json.WriteEndObject();
    }

    private static void WriteEmbedding(Utf8JsonWriter json, EmbeddingCounts counts)
    {
        json.WriteStartObject("embedding");
        json.WriteString("space", counts.Space);
        if (counts.Endpoint is { } endpoint)
        {
            json.WriteString("endpoint", endpoint);
        }

        json.WriteNumber("requests", counts.Requests);
        json.WriteNumber("inputs", counts.Inputs);
        json.WriteNumber("reused", counts.Reused);
        json.WriteNumber("tokens", counts.Tokens);
        JsonFields.WriteMoney(json, "cost", counts.Cost);
        JsonFields.WriteMoney(json, "avoidedCost", counts.AvoidedCost);
        json.WriteString("currency", TokenPrice.Currency);
        json.WriteStartObject("avoided");
        WriteAvoided(json, "unchanged", counts, counts.Avoided.Unchanged);
        WriteAvoided(json, "reused", counts, counts.Avoided.Reused);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAvoided(Utf8JsonWriter json, string why, EmbeddingCounts counts, long tokens)
    {
        json.WriteStartObject(why);
        json.WriteNumber("tokens", tokens);
        JsonFields.WriteMoney(json, "cost", counts.CostOf(tokens));
        json.WriteEndObject();
    }

    private static void WriteGuard(Utf8JsonWriter json, GuardReport? guard)
    {
        if (guard is null)
        {
            json.WriteNull("guard");
            return;
        }

        json.WriteStartObject("guard");
        json.WriteNumber("held", guard.Held);
        json.WriteNumber("share", Math.Round(guard.Share, 4));
        json.WriteString("source", guard.Source);
        json.WriteString("remedy", guard.Remedy);
        if (guard.MovedFrom is { } former)
        {
            json.WriteString("movedFrom", former);
        }

        json.WriteEndObject();
    }

    private static void WriteBudget(Utf8JsonWriter json, BudgetReport? budget)
    {
        if (budget is null)
        {
            json.WriteNull("budget");
            return;
        }

        json.WriteStartObject("budget");
        json.WriteString("kind", budget.Kind);
        json.WriteNumber("limit", budget.Limit);
        json.WriteNumber("spent", budget.Spent);
        json.WriteString("currency", TokenPrice.Currency);
        json.WriteString("remedy", budget.Remedy);
        json.WriteEndObject();
    }

    private static void WriteIndex(Utf8JsonWriter json, IndexReport? index)
    {
        if (index is null)
        {
            return;
        }

        json.WriteStartObject("index");
        json.WriteString("location", index.Location);
        json.WriteNumber("delivered", index.Delivered);
        json.WriteNumber("pending", index.Pending);
        json.WriteNumber("documents", index.Documents);
        FailureJson.WriteOrNull(json, index.Failure is { } failure ? RunFailure.Of(failure) : null);
        json.WriteEndObject();
    }
}
