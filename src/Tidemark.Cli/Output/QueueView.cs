using Tidemark.Queueing;
using Tidemark.Streaming;

namespace Tidemark.Cli.Output;

/// <summary>The queue for people.</summary>
internal static class QueueView
{
    public static string Of(QueueCounts counts) =>
        $"{Units.Count(counts.Pending)} waiting, {Units.Count(counts.Leased)} in hand, {Units.Count(counts.Dead)} given up";

    public static IEnumerable<Block> Of(EnqueueReport report)
    {
        var (added, coalesced, outdated) = report.Changes;
        yield return new Block.Line(
            "  ",
            $"{Units.Count(added + coalesced, "change")} enqueued"
            + (coalesced > 0 ? $", {Units.Count(coalesced)} of them in place of one that waited" : "")
            + (outdated > 0 ? $", {Units.Count(outdated)} older than what waits" : "")
            + (report.Forgotten > 0 ? $", {Units.Count(report.Forgotten)} forgotten" : "")
            + (report.Failed > 0 ? $", {Units.Count(report.Failed)} failed" : ""));
        yield return new Block.Line("  ", $"queue: {Of(report.Queue)}");
    }

    public static IEnumerable<Block> Of(QueueCounts counts, IReadOnlyList<QueuedChange> dead, DateTimeOffset now)
    {
        var age = counts.OldestAt is { } oldest ? $"; the oldest for {Units.Age(now - oldest)}" : "";
        yield return new Block.Line("  ", Of(counts) + age);
        foreach (var change in dead)
        {
            yield return new Block.Line(
                new("  ! ", Tone.Bad),
                $"{change.Document}  {(change.IsDelete ? "delete" : "upsert")}, {Units.Count(change.Attempts, "attempt")}: "
                + $"{change.Failure?.Message} [{change.Failure?.Code}]");
            yield return new Block.Line($"      {change.Failure?.Remedy}") { IsRemedy = true };
        }
    }

    public static IEnumerable<Block> Retried(IReadOnlyList<string> documents)
    {
        yield return new Block.Line("  ", $"{Units.Count(documents.Count, "document")} to be tried again");
    }

    public static IEnumerable<Block> Dropped(long changes)
    {
        yield return new Block.Line("  ", $"{Units.Count(changes, "change")} given up; the index is as it was");
    }
}
