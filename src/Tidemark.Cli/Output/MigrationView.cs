using Tidemark.Migrating;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Cli.Output;

/// <summary>A migration for the person who drives it.</summary>
internal static class MigrationView
{
    /// <param name="report">Of the run that built, or would.</param>
    /// <param name="status">After it.</param>
    public static IEnumerable<Block> Of(SyncReport report, MigrationStatus status)
    {
        if (report.Changes is not null)
        {
            var cost = report.Embedding.Cost is { } price ? $", {Units.Money(price)}" : "";
            yield return new Block.Line(
                $"  {Units.Count(report.Changes.Count, "document")}, {Units.Count(report.Embedding.Inputs, "chunk")} to embed with "
                + $"'{report.Embedding.Space}', {Units.Count(report.Embedding.Tokens, "token")}{cost}. Nothing was written.");
            yield break;
        }

        yield return new Block.Line(
            $"  built {Units.Count(report.Chunks.Added, "chunk")}, embedded {Units.Count(report.Embedding.Inputs)}"
            + $" · {Units.Count(report.Embedding.Tokens, "token")}"
            + (report.Embedding.Cost is > 0 and var paid ? $" · {Units.Money(paid)}" : "")
            + $", after {Units.Seconds(report.Elapsed)}");
        foreach (var block in Of(status))
        {
            yield return block;
        }

        if (status.Building is { Behind: 0 })
        {
            yield return new Block.Line("  'tidemark migrate promote' lets it answer; until then syncs bring it along");
        }
        else if (report.Outcome is RunOutcome.Budget or RunOutcome.Cancelled)
        {
            yield return new Block.Line("  the same command goes on where it stopped");
        }
    }

    public static IEnumerable<Block> Of(MigrationStatus status)
    {
        if (status.Active is { } active)
        {
            var since = status.PromotedAt is { } promoted ? $", since {Units.Time(promoted)}" : "";
            yield return new Block.Line("  answers    ", $"generation {active.Id}: {active.Pipeline.Summary}{since}");
        }

        if (status.Building is { } building)
        {
            yield return new Block.Line("  building   ", Describe(building));
        }

        if (status.Previous is { } previous)
        {
            yield return new Block.Line("  previous   ", Describe(previous));
        }

        if (status is { Building: null, Previous: null })
        {
            yield return new Block.Line("  no migration is under way");
        }
    }

    public static IEnumerable<Block> Promoted(MigrationSwitch done) =>
    [
        new Block.Line($"  generation {done.Generation} answers, after {Units.Seconds(done.Elapsed)}; generation {done.Previous} follows it"),
        new Block.Line("  'tidemark migrate rollback' goes back, 'tidemark migrate finish' ends the migration"),
        new Block.Line("  settings that name the former chunker, stemming or embedder have to name the new one now"),
    ];

    public static IEnumerable<Block> RolledBack(MigrationSwitch done) =>
        [new Block.Line($"  generation {done.Generation} answers again, after {Units.Seconds(done.Elapsed)}; generation {done.Previous} follows it")];

    public static IEnumerable<Block> Finished(MigrationSwitch done) =>
        [new Block.Line($"  finished: generation {done.Generation} is the only one"), .. Left(done)];

    public static IEnumerable<Block> Cancelled(MigrationSwitch done) =>
        [new Block.Line($"  given up: generation {done.Generation} is the only one"), .. Left(done)];

    private static IEnumerable<Block> Left(MigrationSwitch done) => done.Left is not { } location ? [] :
    [
        new Block.Line("  ", new($"'{location}' keeps what it held, and nothing uses it any more: delete it there if nobody else reads it", Tone.Warning)),
    ];

    private static string Describe(FollowerStatus follower) =>
        $"generation {follower.Generation.Id}: {follower.Generation.Pipeline.Summary}; "
        + (follower.Behind == 0
            ? $"{(follower.Undelivered == 0 ? "in step" : $"{Units.Count(follower.Undelivered, "change")} not delivered to its index yet")}, "
              + $"{Units.Count(follower.Documents, "document")}, {Units.Count(follower.Chunks, "chunk")}"
            : $"{Units.Share(follower.Share)}, {Units.Count(follower.Behind, "document")} behind")
        + (follower.Cost is > 0 and var cost ? $", {Units.Money(cost)} paid" : "");
}
