using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>What has moved since a plan was made. Pure.</summary>
internal static class PlanComparison
{
    public static List<string> CompareStore(ApprovedPlan approved, NamespaceRecord now)
    {
        var moved = new List<string>();
        if (now.Sequence != approved.Sequence)
        {
            moved.Add($"the namespace '{now.Name}' was written to: its sequence was {approved.Sequence}, now is {now.Sequence}");
        }

        if ((now.Generation?.Id ?? 0) != approved.Generation)
        {
            moved.Add($"the generation of '{now.Name}' was {approved.Generation}, now is {now.Generation?.Id ?? 0}");
        }

        return moved;
    }

    public static List<string> Compare(ApprovedPlan approved, SyncReport now)
    {
        var moved = new List<string>();
        var planned = approved.Changes.ToLookup(change => change.Document, StringComparer.Ordinal);
        var current = (now.Changes ?? []).ToLookup(change => change.Document, StringComparer.Ordinal);
        foreach (var changes in planned)
        {
            if (Describe(changes.Key, [.. changes], [.. current[changes.Key]]) is { } difference)
            {
                moved.Add(difference);
            }
        }

        moved.AddRange(current
            .Where(changes => !planned.Contains(changes.Key) && changes.Any(IsTelling))
            .Select(changes => $"the document '{changes.Key}' was not in the plan, now is {changes.First(IsTelling).Change}"));
        if (moved.Count == 0 && now.Embedding.Tokens > approved.Tokens)
        {
            moved.Add($"the embedding store: {approved.Tokens} tokens were to be embedded, now {now.Embedding.Tokens} are");
        }

        if (moved.Count == 0 && now.Embedding.Cost > approved.Cost)
        {
            moved.Add(FormattableString.Invariant($"the price: it was {approved.Cost} USD, now is {now.Embedding.Cost} USD"));
        }

        return moved;
    }

    private static string? Describe(string document, PlannedChange[] planned, PlannedChange[] now)
    {
        var wanted = Array.FindAll(planned, IsTelling);
        var found = Array.FindAll(now, IsTelling);
        if (wanted.Length == found.Length && wanted.Zip(found).All(pair => IsSame(pair.First, pair.Second)))
        {
            return null;
        }

        var was = wanted.Length == 0 ? "unchanged" : wanted[0].Change;
        return found.Length == 0 ? $"the document '{document}' was {was}, now nothing is to be done about it"
            : wanted.Length == 0 || wanted[0].Change != found[0].Change
                ? $"the document '{document}' was {was}, now is {found[0].Change}"
                : $"the document '{document}' has changed again";
    }

    /// <summary>A touched file is written nothing of but its token.</summary>
    private static bool IsTelling(PlannedChange change) => change.Change != "touched";

    private static bool IsSame(PlannedChange a, PlannedChange b) =>
        a.Change == b.Change && a.Reason == b.Reason && a.Digest == b.Digest && a.MovedFrom == b.MovedFrom
        && (a.Chunks.Added, a.Chunks.Unchanged, a.Chunks.Deleted) == (b.Chunks.Added, b.Chunks.Unchanged, b.Chunks.Deleted);
}
