namespace Tidemark.Syncing;

/// <summary>Documents that a run would index again for the same reason.</summary>
/// <param name="Changed">What changed, all of it.</param>
/// <param name="Documents">How many they are.</param>
/// <param name="Chunks">That they will have.</param>
/// <param name="Embedded">Inputs among those that the model would be asked for.</param>
public sealed record ReindexedDocuments(ChangedInputs Changed, long Documents, long Chunks, long Embedded)
{
    /// <summary>From 0 to 1: the share of the chunks for which the model is not asked. Null: they have none.</summary>
    public double? Reused => PlannedChange.ShareOf(Chunks, Embedded);

    /// <summary>The documents of a plan that are cut again, by what changed; the largest part first.</summary>
    public static IReadOnlyList<ReindexedDocuments> Of(IEnumerable<PlannedChange> changes) =>
    [
        .. changes.Where(change => change.Change is "edited" or "rebuilt")
            .GroupBy(change => change.Changed)
            .Select(group => new ReindexedDocuments(
                group.Key,
                group.LongCount(),
                group.Sum(change => change.Chunks.Added + change.Chunks.Unchanged),
                group.Sum(change => change.Embedded)))
            .OrderByDescending(part => part.Documents)
            .ThenBy(part => part.Changed),
    ];
}
