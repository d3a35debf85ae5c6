namespace Tidemark.Records;

/// <summary>How a run holds its namespace against others. A store that takes one writer at a time holds it exclusively for both.</summary>
public enum NamespaceHold
{
    /// <summary>Nobody else writes: for full cleanup, rebuilding, promoting and repairing, which decide from everything there is.</summary>
    Exclusive,

    /// <summary>
    /// Others that hold it shared may write beside this run; whose document is written twice is settled by compare-and-swap.
    /// </summary>
    Shared,
}
