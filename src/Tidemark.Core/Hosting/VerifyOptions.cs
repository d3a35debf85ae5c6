using Tidemark.Documents;

namespace Tidemark;

/// <summary>What one comparison shall do.</summary>
public sealed record VerifyOptions
{
    /// <summary>Null: the namespace of the index.</summary>
    public string? Namespace { get; init; }

    /// <summary>
    /// Compared item by item with the records. Null: the sources of the index; none: only the store is looked at.
    /// </summary>
    public IReadOnlyList<IDocumentSource>? Sources { get; init; }

    /// <summary>Null: each source's own default, as a sync of it would take.</summary>
    public CleanupMode? Cleanup { get; init; }

    /// <summary>
    /// Mend records, put the index right from records and embeddings, and sync sources that differ, within the guard.
    /// </summary>
    public bool Repair { get; init; }

    /// <summary>How long a repair waits for another run.</summary>
    public TimeSpan Wait { get; init; }
}
