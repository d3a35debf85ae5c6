using System.Collections.Immutable;
using System.Text.Json;
using Tidemark.Records;

namespace Tidemark.Syncing.History;

/// <summary>
/// What <see cref="RunReportJson"/> wrote into the history, by this release or a former one: what it does not say is null or zero.
/// </summary>
internal sealed class StoredReport : IDisposable
{
    private readonly JsonDocument _json;

    private StoredReport(JsonDocument json) => _json = json;

    public TimeSpan? Elapsed => Number(Root, "elapsedSeconds") is { } seconds ? TimeSpan.FromSeconds((double)seconds) : null;

    public DocumentCounts Documents => new(
        Count("documents", "seen"),
        Count("documents", "added"),
        Count("documents", "updated"),
        Count("documents", "skipped"),
        Count("documents", "deleted"),
        Count("documents", "moved"),
        Count("documents", "outdated"),
        Count("documents", "forgotten"),
        Count("documents", "failed"));

    public ChunkCounts Chunks => new(
        Count("chunks", "added"), Count("chunks", "patched"), Count("chunks", "unchanged"), Count("chunks", "deleted"));

    /// <summary>How, in a word, or that sources were cleaned up in different ways.</summary>
    public string? Cleanup => Text(Root, "cleanup");

    /// <summary>USD.</summary>
    public decimal? Cost => Embedding is { } embedding ? Number(embedding, "cost") : null;

    /// <summary>USD.</summary>
    public decimal? AvoidedCost => Embedding is { } embedding ? Number(embedding, "avoidedCost") : null;

    /// <summary>What was sent to the model, and what had its vector.</summary>
    public (long Inputs, long Reused) Needed => (Count("embedding", "inputs"), Count("embedding", "reused"));

    /// <summary>What was looked at and not embedded.</summary>
    public AvoidedTokens Avoided => new(Avoidance("unchanged"), Avoidance("reused"));

    /// <summary>Where the model was asked.</summary>
    public string? Endpoint => Embedding is { } embedding ? Text(embedding, "endpoint") : null;

    /// <summary>What ended the run.</summary>
    public RunFailure? Failure => FailureOf(Root);

    /// <summary>What waited for the external index when the run ended.</summary>
    public UndeliveredChanges? Undelivered =>
        Count("index", "pending") is > 0 and var pending && Root.TryGetProperty("index", out var index)
            ? new UndeliveredChanges(Text(index, "location") ?? "", pending, Count("index", "documents"), FailureOf(index))
            : null;

    /// <summary>The source that was held back as a whole, and where it lay before; null: none was.</summary>
    public (string Source, string Former)? Moved =>
        Root.TryGetProperty("guard", out var guard) && guard.ValueKind == JsonValueKind.Object && Text(guard, "movedFrom") is { } former
            ? (Text(guard, "source") ?? "", former)
            : null;

    public ImmutableSortedDictionary<string, long> NotTaken => Root.TryGetProperty("notTaken", out var left)
        ? left.EnumerateObject().ToImmutableSortedDictionary(kind => kind.Name, kind => kind.Value.GetInt64(), StringComparer.Ordinal)
        : ImmutableSortedDictionary<string, long>.Empty;

    public LatencyReport Latency => Root.TryGetProperty("latency", out var latency) ? LatencyJson.Read(latency) : LatencyReport.None;

    /// <summary>The fingerprint of the plan that the run did.</summary>
    public string? Plan => Text(Root, "plan");

    private JsonElement Root => _json.RootElement;

    private JsonElement? Embedding =>
        Root.TryGetProperty("embedding", out var embedding) && embedding.ValueKind == JsonValueKind.Object ? embedding : null;

    /// <returns>Null: the run left none, or it is damaged.</returns>
    public static StoredReport? Of(RunRecord run)
    {
        if (run.ReportJson is not { Length: > 0 } text)
        {
            return null;
        }

        try
        {
            return new StoredReport(JsonDocument.Parse(text));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _json.Dispose();

    private static RunFailure? FailureOf(JsonElement json) =>
        json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
            ? new RunFailure(Text(error, "code") ?? "", Text(error, "message") ?? "", Text(error, "remedy") ?? "")
            : null;

    private long Count(string section, string name) =>
        Root.TryGetProperty(section, out var counts) ? (long)(Number(counts, name) ?? 0) : 0;

    private long Avoidance(string why) =>
        Embedding is { } embedding && embedding.TryGetProperty("avoided", out var avoided) && avoided.TryGetProperty(why, out var tokens)
            ? (long)(Number(tokens, "tokens") ?? 0)
            : 0;

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static decimal? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : null;
}
