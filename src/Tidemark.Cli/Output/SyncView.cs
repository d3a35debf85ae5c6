using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Cli.Output;

/// <summary>A run for the person who started it.</summary>
internal static class SyncView
{
    public const int ErrorsShown = 10;

    /// <param name="places">By the sources' names; null: of an import.</param>
    public static IEnumerable<Block> Of(SyncReport report, IReadOnlyDictionary<string, SourcePlace>? places)
    {
        foreach (var source in report.Sources)
        {
            var place = places?.GetValueOrDefault(source.Name);
            var size = $"  {Units.Count(source.Items, place?.Noun ?? "document")}"
                + (source.Bytes > 0 || source.Items == 0 ? $", {Units.Bytes(source.Bytes)}" : "");
            yield return new Block.Line(
                "  ",
                new(source.Name, Tone.Strong),
                size + (IsUnfinished(report) ? " so far" : ""),
                new(place?.Place is { } found ? $" in {found}" : "", Tone.Muted));
        }

        yield return new Block.Line("  ", Documents(report));
        if (LeftOut.Describe(report.NotTaken, report.WithoutText) is { Length: > 0 } left)
        {
            yield return new Block.Line("  ", new(left, Tone.Warning));
        }

        if (Embedding(report) is { Length: > 0 } embedding)
        {
            yield return new Block.Line("  ", embedding);
        }

        if (report.Follower is { } follower)
        {
            yield return new Block.Line(
                "  ",
                new(
                    $"generation {follower.Generation} follows: "
                    + (follower.Behind > 0 ? $"{Units.Count(follower.Behind, "document")} behind"
                        : follower.Undelivered > 0 ? $"{Units.Count(follower.Undelivered, "change")} not delivered to its index yet"
                        : "in step")
                    + (follower.Embedding is { Inputs: > 0 } paid
                        ? $", embedded {Units.Count(paid.Inputs, "chunk")}{(paid.Cost is > 0 and var cost ? $" · {Units.Money(cost)}" : "")}"
                        : ""),
                    follower.Behind + follower.Undelivered == 0 ? Tone.Muted : Tone.Warning));
        }

        if (report.Changes is null)
        {
            yield return new Block.Line("  ", Ending(report));
        }
    }

    /// <summary>What was held back and what failed.</summary>
    public static IEnumerable<Block> Complaints(SyncReport report, bool all)
    {
        if (report.Guard is { } guard)
        {
            var planned = report.Changes is null ? "held back" : "would hold back";
            var what = guard.MovedFrom is null ? Units.Count(guard.Held, "deletion") : $"all of it: {Lost(guard)}";
            yield return new Block.Line($"  {guard.Source}: {planned} {what}, {Units.Share(guard.Share)} of its documents. Nothing was lost.");
            yield return new Block.Line($"  {guard.Remedy}") { IsRemedy = true };
        }

        if (report.Budget is { } budget)
        {
            var whose = budget.Kind == "run" ? "this run's budget" : "this month's budget";
            yield return new Block.Line(report.Changes is null
                ? $"  {whose} of {Units.Money(budget.Limit)} has no room for more: {Units.Money(budget.Spent)} are spent. Nothing of it was lost."
                : $"  {whose} of {Units.Money(budget.Limit)} has no room for all of it, which would bring it to {Units.Money(budget.Spent)}. "
                  + "A sync would end before that.");
            yield return new Block.Line($"  {budget.Remedy}") { IsRemedy = true };
        }

        if (report.Index is { Pending: > 0 } index)
        {
            var waiting = Units.Count(index.Pending, "change");
            yield return new Block.Line(
                $"  {waiting} of {Units.Count(index.Documents, "document")} {(index.Pending == 1 ? "waits" : "wait")} for '{index.Location}'. "
                + "Nothing was lost: searches find the former versions, and the next sync delivers what waits.");
            if (index.Failure is { } failure)
            {
                yield return new Block.Line($"  {failure.Message} [{failure.Code}]");
                yield return new Block.Line($"    {failure.Remedy}") { IsRemedy = true };
            }
        }

        foreach (var block in Failures(report.Errors, all).Concat(Warnings(report.Warnings, all)))
        {
            yield return block;
        }
    }

    public static IEnumerable<Block> Failures(IReadOnlyList<ItemFailure> errors, bool all) =>
        Listed(errors, all, error => ($"{Told(error)} [{error.Code}]", error.Remedy));

    /// <summary>A message that begins with its item does not need it before that.</summary>
    private static string Told(ItemFailure error) => error.Message.StartsWith($"'{error.Item}' ", StringComparison.Ordinal)
        ? error.Item + error.Message[(error.Item.Length + 2)..]
        : $"{error.Item}: {error.Message}";

    /// <summary>What was taken and yet is odd.</summary>
    public static IEnumerable<Block> Warnings(IReadOnlyList<ItemWarning> warnings, bool all) =>
        Listed(warnings, all, warning => ($"warning: {warning.Message} [{warning.Code}]", warning.Remedy));

    private static IEnumerable<Block> Listed<T>(IReadOnlyList<T> items, bool all, Func<T, (string What, string Remedy)> tell)
    {
        var shown = all ? items.Count : Math.Min(items.Count, ErrorsShown);
        for (var i = 0; i < shown; i++)
        {
            var (what, remedy) = tell(items[i]);
            yield return new Block.Line($"  {what}");
            yield return new Block.Line($"    {remedy}") { IsRemedy = true };
        }

        if (items.Count > shown)
        {
            yield return new Block.Line($"  and {Units.Count(items.Count - shown)} more (--verbose shows all)");
        }
    }

    private static string Lost(GuardReport guard) => $"it would replace or delete {Units.Count(guard.Held, "document")}";

    private static string Documents(SyncReport report)
    {
        var counts = report.Documents;
        var rebuilt = report.Changes?.Count(change => change.Change == "rebuilt") ?? 0;
        var parts = new List<string>();
        Tell(parts, counts.Updated, "edited");
        Tell(parts, counts.Added - counts.Moved, "new");
        Tell(parts, counts.Moved, "moved");
        Tell(parts, counts.Deleted - counts.Moved, "deleted");
        Tell(parts, counts.Outdated, "outdated");
        Tell(parts, counts.Forgotten, "forgotten");
        Tell(parts, counts.Deleted == 0 ? counts.Tombstones : 0, "gone already");
        Tell(parts, counts.Failed, "failed");
        if (counts.Skipped > 0 || parts.Count == 0)
        {
            parts.Insert(0, $"{Units.Count(counts.Skipped)} unchanged{(rebuilt > 0 ? " in the source" : "")}");
        }

        if (rebuilt > 0)
        {
            parts.Insert(0, $"{Units.Count(rebuilt)} rebuilt");
        }

        return string.Join(" · ", parts);
    }

    private static void Tell(List<string> parts, long count, string word)
    {
        if (count > 0)
        {
            parts.Add($"{Units.Count(count)} {word}");
        }
    }

    private static string Embedding(SyncReport report)
    {
        var counts = report.Embedding;
        var chunks = report.Chunks.Added + report.Chunks.Patched + report.Chunks.Unchanged;
        if (report.Changes is not null || (counts.Inputs == 0 && counts.Reused == 0 && report.Chunks.Added == 0))
        {
            return report.Changes is null && counts.AvoidedCost is > 0 and { } saved ? $"avoided {Units.Money(saved)}" : "";
        }

        // A batch that was paid for and then written by somebody else is more than what this run has written.
        var embedded = IsUnfinished(report) || counts.Inputs > chunks
            ? $"embedded {Units.Count(counts.Inputs, "chunk")}{(IsUnfinished(report) ? " so far" : "")}"
            : $"embedded {Units.Count(counts.Inputs)} of {Units.Count(chunks, "chunk")}"
              + (chunks == 0 ? "" : $" ({Units.Share((double)counts.Inputs / chunks)})");
        var reused = counts.Reused == 0 ? "" : $", reused {Units.Count(counts.Reused)}";
        var cost = counts.Cost is > 0 ? $" · {Units.Money(counts.Cost.Value)}" : "";
        var avoided = counts.AvoidedCost is > 0 ? $", avoided {Units.Money(counts.AvoidedCost.Value)}" : "";
        return $"{embedded}{reused} · {Units.Count(counts.Tokens, "token")}{cost}{avoided}";
    }

    /// <summary>It has seen a part of its sources, and of how much is not known: a share of it would be a share of that part.</summary>
    private static bool IsUnfinished(SyncReport report) =>
        report.Changes is null && report.Outcome is RunOutcome.Budget or RunOutcome.Cancelled or RunOutcome.Failed;

    /// <summary>Of a document that a rebuild let go.</summary>
    private static bool IsLetGo(ItemWarning warning) =>
        warning.Code is ErrorCodes.EmbeddingRefused or ErrorCodes.EmbeddingTooLong or ErrorCodes.EmbeddingQuarantined;

    private static Span Ending(SyncReport report)
    {
        var after = $"after {Units.Seconds(report.Elapsed)}";
        return report.Outcome switch
        {
            RunOutcome.Succeeded when report.Index is { Pending: > 0 } =>
                new($"recorded {after}; the index lags behind", Tone.Warning),
            RunOutcome.Succeeded when report.Warnings.Any(warning => warning.Code == ErrorCodes.SourceEmpty) =>
                new($"done {after}; there was nothing to take", Tone.Warning),
            RunOutcome.Succeeded when report.Index is { Delivered: 0, Pending: 0 } =>
                new($"records in step {after}; nothing waits for the external index, which was not asked", Tone.Good),
            RunOutcome.Succeeded => new($"in step {after}", Tone.Good),
            RunOutcome.Partial when report.Warnings.Any(IsLetGo) =>
                new($"done {after}; what the model refuses has left the index", Tone.Warning),
            RunOutcome.Partial => new($"done {after}; what failed is as it was", Tone.Warning),
            RunOutcome.Guarded when report.Guard is { MovedFrom: not null } guard =>
                new($"done {after}; nothing of '{guard.Source}' was taken", Tone.Warning),
            RunOutcome.Guarded => new($"done {after}; deletions were held back", Tone.Warning),
            RunOutcome.Budget => new($"stopped by the budget {after}; a rerun resumes", Tone.Warning),
            RunOutcome.Cancelled => new($"cancelled {after}; what was committed stays, a rerun resumes", Tone.Warning),
            _ => new($"ended {after}: {RunOutcomeName.Of(report.Outcome)}", Tone.Bad),
        };
    }
}
