using System.Text.Json.Nodes;
using Shouldly;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>The report of a <c>sync</c>, <c>plan</c> or <c>import</c>, with its own arithmetic checked.</summary>
internal sealed class SyncOutcome
{
    private static readonly string[] Parts = ["added", "updated", "skipped", "outdated", "forgotten", "failed"];

    public SyncOutcome(ProcessResult result)
    {
        Result = result;
        Json = result.Json;
        Json["documents"].ShouldNotBeNull(result.ToString());
        var tombstones = Seen - Parts.Sum(p => Count("documents", p));
        tombstones.ShouldBeGreaterThanOrEqualTo(0, $"seen is less than its parts: {result}");
    }

    public ProcessResult Result { get; }

    public JsonNode Json { get; }

    public long Seen => Count("documents", "seen");

    public long Added => Count("documents", "added");

    public long Updated => Count("documents", "updated");

    public long Skipped => Count("documents", "skipped");

    public long Deleted => Count("documents", "deleted");

    public long Moved => Count("documents", "moved");

    public long Outdated => Count("documents", "outdated");

    public long Failed => Count("documents", "failed");

    public long ChunksAdded => Count("chunks", "added");

    public long ChunksPatched => Count("chunks", "patched");

    public long ChunksUnchanged => Count("chunks", "unchanged");

    public long ChunksDeleted => Count("chunks", "deleted");

    public long Inputs => Count("embedding", "inputs");

    public long Reused => Count("embedding", "reused");

    public long Requests => Count("embedding", "requests");

    public string Outcome => (string)Json["outcome"]!;

    public IReadOnlyList<JsonNode> Errors => [.. Json["errors"]!.AsArray().Select(e => e!)];

    public IReadOnlyList<string> ErrorCodes => [.. Errors.Select(e => (string)e["code"]!)];

    /// <summary>added/updated/skipped/deleted, as the peer prints them.</summary>
    public string Counters => $"{Added}/{Updated}/{Skipped}/{Deleted}";

    public SyncOutcome ShouldCount(long added = 0, long updated = 0, long skipped = 0, long deleted = 0)
    {
        Counters.ShouldBe($"{added}/{updated}/{skipped}/{deleted}", Result.ToString());
        return this;
    }

    public SyncOutcome ShouldEmbed(long inputs)
    {
        Inputs.ShouldBe(inputs, Result.ToString());
        if (inputs == 0)
        {
            Requests.ShouldBe(0, Result.ToString());
        }

        return this;
    }

    /// <summary>Nothing was added, changed, deleted or embedded.</summary>
    public SyncOutcome ShouldBeNoOp()
    {
        ShouldEmbed(0);
        (Added + Updated + Deleted + Moved + Outdated + Failed).ShouldBe(0, Result.ToString());
        (ChunksAdded + ChunksPatched + ChunksDeleted).ShouldBe(0, Result.ToString());
        Outcome.ShouldBe("succeeded", Result.ToString());
        return this;
    }

    private long Count(string group, string name) => (long)Json[group]![name]!;
}
