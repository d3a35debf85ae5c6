namespace Tidemark.Syncing;

/// <summary>What watching folders did from its start to its end.</summary>
public sealed record WatchReport
{
    /// <summary>All its runs added up; its number is that of the last one. Null: there was none.</summary>
    public SyncReport? Total { get; init; }

    /// <summary>Runs.</summary>
    public int Runs { get; init; }

    /// <summary>Those of them that listed all.</summary>
    public int Complete { get; init; }

    /// <summary>How often events did not tell everything, so that a listing had to, by reason.</summary>
    public IReadOnlyDictionary<string, int> Fallbacks { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>From its start to its end.</summary>
    public TimeSpan Elapsed { get; init; }
}
