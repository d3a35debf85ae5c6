namespace Tidemark.Records;

/// <summary>Writes that become visible together, in one transaction, under one new commit sequence.</summary>
/// <param name="Generation">The generation whose chunks and index the writes are for.</param>
/// <param name="Run">The run that decided them.</param>
public sealed record ApplyBatch(GenerationRecord Generation, long Run, IReadOnlyList<DocumentWrite> Writes)
{
    /// <summary>
    /// Another batch may be under way already: the store may commit both at once, which is cheaper. Whoever sets it calls
    /// <see cref="IRecordSession.CommitAsync"/> when no more follow.
    /// </summary>
    public bool MayBeCommittedLater { get; init; }
}
