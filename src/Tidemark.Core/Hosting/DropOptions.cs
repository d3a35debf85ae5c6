namespace Tidemark;

/// <summary>Which changes of the queue are given up: exactly one of documents, dead letters and all.</summary>
public sealed record DropOptions
{
    /// <summary>Null: the namespace of the index.</summary>
    public string? Namespace { get; init; }

    /// <summary>Whatever the state of their changes.</summary>
    public IReadOnlyCollection<string>? Documents { get; init; }

    /// <summary>All dead letters.</summary>
    public bool Dead { get; init; }

    /// <summary>Everything that waits.</summary>
    public bool All { get; init; }

    /// <summary>How long to wait for a lock that another process holds. Null: as the index says.</summary>
    public TimeSpan? Wait { get; init; }
}
