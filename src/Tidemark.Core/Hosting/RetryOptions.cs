namespace Tidemark;

/// <summary>Which changes of the queue are tried again.</summary>
public sealed record RetryOptions
{
    /// <summary>Null: the namespace of the index.</summary>
    public string? Namespace { get; init; }

    /// <summary>Null: all dead letters.</summary>
    public IReadOnlyCollection<string>? Documents { get; init; }

    /// <summary>How long to wait for a lock that another process holds. Null: as the index says.</summary>
    public TimeSpan? Wait { get; init; }
}
