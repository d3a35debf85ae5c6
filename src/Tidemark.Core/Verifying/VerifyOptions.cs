using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Tidemark.Syncing.Rules;

namespace Tidemark.Verifying;

/// <summary>What one comparison shall do.</summary>
public sealed record VerifyOptions
{
    /// <summary>Null: the namespace of the index.</summary>
    public string? Namespace { get; init; }

    internal string NamespaceName => Namespace ?? NamespaceRecord.DefaultName;

    /// <summary>
    /// Compared item by item with the records. Null: the sources of the index; none: only the store is looked at.
    /// </summary>
    public IReadOnlyList<IDocumentSource>? Sources { get; init; }

    /// <summary>
    /// Where damaged documents are read again, if <see cref="Sources"/> names nothing. Null: the sources of the index.
    /// </summary>
    public IReadOnlyList<IDocumentSource>? Origins { get; init; }

    /// <summary>Null: each source's own default, as a sync of it would take.</summary>
    public CleanupMode? Cleanup { get; init; }

    /// <summary>Nothing of the namespace is ever deleted, so nothing in it is too much.</summary>
    public bool AppendOnly { get; init; }

    /// <summary>What holds for documents that say nothing themselves. Null: the policy of the index.</summary>
    public DocumentPolicy? Policy { get; init; }

    /// <summary>What would hold deletions of a sync back, and does of a repair. Null: the guard of the index.</summary>
    public DeletionGuard? Guard { get; init; }

    /// <summary>
    /// Mend records, put the index right from records and embeddings, and sync sources that differ, within the guard.
    /// </summary>
    public bool Repair { get; init; }

    /// <summary>What <see cref="VerifyEngine.MendAsync"/> just left; null: the engine looks at the records itself.</summary>
    public MendedRecords? Records { get; init; }

    /// <summary>What a repair may spend on vectors that the embedding store has lost, and on sources that differ.</summary>
    public SpendingLimits Spending { get; init; } = SpendingLimits.None;

    /// <summary>Keep a document's text where its chunks do not add up to it, if the index does: of what a repair writes anew.</summary>
    public bool KeepText { get; init; } = true;

    /// <summary>How long a repair waits for another run. Null: as the index says.</summary>
    public TimeSpan? Wait { get; init; }

    internal TimeSpan Patience => Wait ?? TimeSpan.Zero;

    internal IReadOnlyList<IDocumentSource> ComparedSources => Sources ?? [];
}
