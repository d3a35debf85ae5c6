using Tidemark.Records;

namespace Tidemark.Sqlite;

/// <summary>How a store is opened.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>Reads and writes a file that is there.</summary>
    public static SqliteStoreOptions Default { get; } = new();

    /// <summary>Nothing can be written through this store; readers of a folder that is read-only need it.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Makes the file and its folder if there is none; otherwise a missing file is <c>store.missing</c>.</summary>
    public bool CreateIfMissing { get; init; }

    /// <summary>
    /// Opens what is otherwise refused (<c>store.unfinished</c>): a copy that was begun and not finished. Only to copy into
    /// it again.
    /// </summary>
    public bool TakesUnfinishedCopy { get; init; }

    /// <summary>
    /// All embeddings reach the disk before <c>PutAsync</c> returns, as those do in any case whose receipt says that they were
    /// paid for. Others survive a killed process, but the last seconds of them not a power cut.
    /// </summary>
    public bool FlushEmbeddings { get; init; }

    /// <summary>
    /// Page cache of the writer, in KiB; each reader gets a sixth. What they do not hold, the operating system's cache does:
    /// larger ones made neither a first index of a million documents nor searches faster.
    /// </summary>
    public int CacheKibibytes { get; init; } = 12 * 1024;

    /// <summary>
    /// What was last seen of this store, by which it is noticed when it has gone back to an older state. Null: only what this store object sees
    /// itself counts.
    /// </summary>
    public IStoreMemory? Memory { get; init; }

    /// <summary>Hears in words what opening does to a store of an older format before it is done, for it may take a while.</summary>
    public Action<string>? Notify { get; init; }
}
