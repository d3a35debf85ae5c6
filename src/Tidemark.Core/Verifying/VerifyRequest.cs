using Tidemark.Documents;
using Tidemark.Syncing;

namespace Tidemark.Verifying;

/// <summary>One comparison.</summary>
public sealed record VerifyRequest
{
    /// <summary>What is compared.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Compared item by item with the records; none: only the store is looked at.</summary>
    public IReadOnlyList<IDocumentSource> Sources { get; init; } = [];

    /// <summary>Where damaged documents are read again, if <see cref="Sources"/> names nothing.</summary>
    public IReadOnlyList<IDocumentSource> Origins { get; init; } = [];

    /// <summary>Null: each source's own default, as a sync of it would take.</summary>
    public CleanupMode? Cleanup { get; init; }

    /// <summary>Nothing of the namespace is ever deleted, so nothing in it is too much.</summary>
    public bool AppendOnly { get; init; }

    /// <summary>What would hold deletions of a sync back, and does of a repair.</summary>
    public DeletionGuard Guard { get; init; } = DeletionGuard.Default;

    /// <summary>
    /// Mend records, put the index right from records and embeddings, and sync sources that differ, within the guard.
    /// </summary>
    public bool Repair { get; init; }

    /// <summary>What <see cref="VerifyEngine.MendAsync"/> just left; null: the engine looks at the records itself.</summary>
    public MendedRecords? Records { get; init; }

    /// <summary>What a repair may spend on vectors that the embedding store has lost, and on sources that differ.</summary>
    public SpendingLimits Spending { get; init; } = SpendingLimits.None;

    /// <summary>How long a repair waits for another run.</summary>
    public TimeSpan Wait { get; init; }
}
