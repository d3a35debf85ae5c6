namespace Tidemark.Migrating;

/// <summary>Which generation answers now.</summary>
/// <param name="Generation">It.</param>
/// <param name="Previous">The one beside it; null: none is left.</param>
/// <param name="Elapsed">From holding the namespace to the answer: what searches and runs may have waited for.</param>
public sealed record MigrationSwitch(long Generation, long? Previous, TimeSpan Elapsed)
{
    /// <summary>The external index that nothing of the namespace uses any more, and which keeps what it held; null: there is none.</summary>
    public string? Left { get; init; }
}
