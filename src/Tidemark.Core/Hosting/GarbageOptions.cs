namespace Tidemark;

/// <summary>What is collected of what nothing needs any more.</summary>
public sealed record GarbageOptions
{
    /// <summary>History that closed longer ago than this goes.</summary>
    public TimeSpan History { get; init; }

    /// <summary>The same for single namespaces, by name.</summary>
    public IReadOnlyDictionary<string, TimeSpan> HistoryByNamespace { get; init; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    /// <summary>Embeddings that are older than this go.</summary>
    public TimeSpan Embeddings { get; init; }

    /// <summary>Runs that ended longer ago than this go, where nothing that is kept names them. Null: all are kept.</summary>
    public TimeSpan? Runs { get; init; }

    /// <summary>Then make indexes anew of which a fifth or more is gone; not where only said is what would go.</summary>
    public bool Reindex { get; init; }

    /// <summary>Afterwards give the room that nothing uses any more back to the system; not where only said is what would go.</summary>
    public bool Compact { get; init; }

    /// <summary>Only say what would go.</summary>
    public bool DryRun { get; init; }

    /// <summary>How long to wait for a lock that another process holds. Null: as the index says.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>How long history of a namespace is kept.</summary>
    public TimeSpan HistoryOf(string @namespace) => HistoryByNamespace.TryGetValue(@namespace, out var own) ? own : History;
}
