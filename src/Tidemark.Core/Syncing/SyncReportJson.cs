using System.Buffers;
using System.Text;
using System.Text.Json;
using Tidemark.Documents;
using Tidemark.Embedding.Pricing;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>The report as scripts read it.</summary>
public static class SyncReportJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, SyncReport report)
    {
        json.WriteStartObject();
        WriteMembers(json, report);
        json.WriteEndObject();
    }

    /// <summary>Writes the members of the object, for whoever has more to say in it.</summary>
    public static void WriteMembers(Utf8JsonWriter json, SyncReport report)
    {
        if (report.Run is { } run)
        {
            json.WriteNumber("run", run);
        }
        else
        {
            json.WriteNull("run");
        }

        json.WriteString("namespace", report.Namespace);
        json.WriteString("cleanup", report.Cleanup);
        json.WriteString("outcome", NameOf(report.Outcome));
        WriteDocuments(json, report.Documents);
        json.WritePropertyName("chunks");
        WriteChunks(json, report.Chunks);
        WriteEmbedding(json, report.Embedding);
        WriteGuard(json, report.Guard);
        WriteBudget(json, report.Budget);
        WriteIndex(json, report.Index);
        WriteErrors(json, report.Errors);
        WriteFailure(json, report.Failure);
        WriteWarnings(json, report.Warnings);
        WriteNotTaken(json, report.NotTaken);
        json.WriteNumber("withoutText", report.WithoutText);
        if (report.Plan is { } plan)
        {
            json.WriteString("plan", plan);
        }

        LatencyJson.Write(json, report.Latency);
        json.WriteNumber("elapsedSeconds", Math.Round(report.Elapsed.TotalSeconds, 6));
        if (report.Changes is { } changes)
        {
            WriteChanges(json, changes);
            WritePrice(json, report.Embedding);
        }
    }

    /// <summary>The outcome in the word that scripts read.</summary>
    public static string NameOf(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Succeeded => "succeeded",
        RunOutcome.Partial => "partial",
        RunOutcome.Guarded => "guarded",
        RunOutcome.Budget => "budget",
        RunOutcome.Cancelled => "cancelled",
        _ => "failed",
    };

    /// <summary>One object on one line, as the history keeps it.</summary>
    public static string Of(SyncReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, report);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The member <c>errors</c>, for every report that has failed items.</summary>
    public static void WriteErrors(Utf8JsonWriter json, IReadOnlyList<ItemFailure> errors)
    {
        json.WriteStartArray("errors");
        foreach (var error in errors)
        {
            WriteItem(json, error.Item, error.Code, error.Message, error.Remedy);
        }

        json.WriteEndArray();
    }

    /// <summary>The member <c>warnings</c>, for every report that has them; items as in <c>errors</c>.</summary>
    public static void WriteWarnings(Utf8JsonWriter json, IReadOnlyList<ItemWarning> warnings)
    {
        json.WriteStartArray("warnings");
        foreach (var warning in warnings)
        {
            WriteItem(json, warning.Item, warning.Code, warning.Message, warning.Remedy);
        }

        json.WriteEndArray();
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

    private static void WriteItem(Utf8JsonWriter json, string item, string code, string message, string remedy)
    {
        json.WriteStartObject();
        json.WriteString("item", item);
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteString("remedy", remedy);
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
        if (index.Failure is { } failure)
        {
            WriteFailure(json, RunFailure.Of(failure));
        }
        else
        {
            json.WriteNull("error");
        }

        json.WriteEndObject();
    }

    /// <summary>The member <c>error</c>, as a failed call prints it; nothing where nothing failed.</summary>
    public static void WriteFailure(Utf8JsonWriter json, RunFailure? failure)
    {
        if (failure is not null)
        {
            json.WriteStartObject("error");
            json.WriteString("code", failure.Code);
            json.WriteString("message", failure.Message);
            json.WriteString("remedy", failure.Remedy);
            json.WriteEndObject();
        }
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
        json.WriteEndObject();
    }

    private static void WriteChunks(Utf8JsonWriter json, ChunkCounts counts)
    {
        json.WriteStartObject();
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
        WriteMoney(json, "cost", counts.Cost);
        WriteMoney(json, "avoidedCost", counts.AvoidedCost);
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
        WriteMoney(json, "cost", counts.CostOf(tokens));
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

    private static void WriteMoney(Utf8JsonWriter json, string name, decimal? amount)
    {
        if (amount is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
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
        json.WriteEndObject();
    }

    private static void WriteChanges(Utf8JsonWriter json, IReadOnlyList<PlannedChange> changes)
    {
        json.WriteStartArray("changes");
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("document", change.Document);
            json.WriteString("change", change.Change);
            json.WriteString("reason", change.Reason);
            if (change.MovedFrom is { } former)
            {
                json.WriteString("from", former);
            }

            json.WriteStartObject("chunks");
            json.WriteNumber("added", change.Chunks.Added);
            json.WriteNumber("unchanged", change.Chunks.Unchanged);
            json.WriteNumber("deleted", change.Chunks.Deleted);
            json.WriteEndObject();
            json.WriteNumber("tokens", change.Tokens);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePrice(Utf8JsonWriter json, EmbeddingCounts counts)
    {
        json.WriteStartObject("price");
        json.WriteNumber("tokens", counts.Tokens);
        WriteMoney(json, "cost", counts.Cost);
        json.WriteString("currency", TokenPrice.Currency);
        json.WriteEndObject();
    }
}
