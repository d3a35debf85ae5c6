using Tidemark.Records;

namespace Tidemark.Postgres;

/// <summary>How a store is opened.</summary>
public sealed record PostgresStoreOptions
{
    /// <summary>Reads and writes a store that is there.</summary>
    public static PostgresStoreOptions Default { get; } = new();

    /// <summary>Nothing can be written through this store; a read replica, or a role that may only read, is enough.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>
    /// Makes schema and tables if there are none; otherwise that is <c>store.missing</c>. The database itself is never made.
    /// </summary>
    public bool CreateIfMissing { get; init; }

    /// <summary>
    /// Opens what is otherwise refused (<c>store.unfinished</c>): a copy that was begun and not finished. Only to copy into
    /// it again.
    /// </summary>
    public bool TakesUnfinishedCopy { get; init; }

    /// <summary>
    /// From so many chunks on a generation gets an HNSW index, built when the run ends that reaches them; below, every vector
    /// is looked at, which is exact and as fast. Vectors of the offline embedder never get one: they have no neighbourhoods.
    /// </summary>
    public int GraphFrom { get; init; } = 10_000;

    /// <summary>A graph of which this share (0 to 1) is dead is made anew by workers, beside their work; 1 or more: by nobody but who asks for it.</summary>
    public double ReindexFrom { get; init; } = 0.4;

    /// <summary>
    /// Where the graph does not lead to what passes a filter, so many vectors are compared one by one; an answer for which more would have to
    /// be says that it is not complete. A million take about a second.
    /// </summary>
    public int MostCompared { get; init; } = 1_000_000;

    /// <summary>
    /// Tells that the program ends: from then on nothing is waited for that does not move. What is under way is still committed if the
    /// server can be reached.
    /// </summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Connections of this process at most.</summary>
    public int MaxConnections { get; init; } = 20;

    /// <summary>
    /// What was last seen of this store, by which it is noticed when it has gone back to an older state. Null: only what this store object sees
    /// itself counts.
    /// </summary>
    public IStoreMemory? Memory { get; init; }

    /// <summary>Hears in words what opening does to a store of an older format before it is done, for it may take a while.</summary>
    public Action<string>? Notify { get; init; }
}
