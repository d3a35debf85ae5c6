using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>A namespace as the database has it.</summary>
/// <param name="Id">0 where it does not exist.</param>
/// <param name="Fence">As it was when the namespace was opened: who finds another one has been overtaken.</param>
internal sealed record StoredNamespace(long Id, long Fence, NamespaceRecord Record)
{
    /// <summary>What of it is gone as a whole; null: nothing.</summary>
    public string? Fault { get; init; }

    /// <summary>What of the rows that it hangs on is not what was stored; null: nothing.</summary>
    public string? Difference { get; init; }
}
