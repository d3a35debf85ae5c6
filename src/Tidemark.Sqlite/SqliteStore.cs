using Tidemark.Archiving;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Rewinding;
using Tidemark.Sqlite.Archiving;
using Tidemark.Sqlite.Care;
using Tidemark.Sqlite.Embedding;
using Tidemark.Sqlite.Maintenance;
using Tidemark.Sqlite.Publishing;
using Tidemark.Sqlite.Queueing;
using Tidemark.Sqlite.Records;
using Tidemark.Sqlite.Searching;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite;

/// <summary>
/// The embedded store: records, embeddings, vector and keyword index in one SQLite file. Any number of processes may read
/// it; one run at a time changes it.
/// </summary>
public sealed class SqliteStore : ITidemarkStore
{
    private readonly SqliteDatabase _database;
    private SqliteChangeQueue? _queue;
    private SqliteQueuedChanges? _queued;

    private SqliteStore(SqliteDatabase database)
    {
        _database = database;
        Records = new SqliteRecordStore(database);
        Reader = new SqliteRecordReader(database);
        Memory = database.Options.Memory ?? new ProcessMemory();
        Past = new SqlitePastReader(database);
        Safeguards = new SqliteSafeguards(database);
        Golden = new SqliteGoldenQueries(database);
        ServiceEntries = new SqliteServiceEntries(database);
        Erasure = new SqliteErasure(database);
        Embeddings = new SqliteEmbeddingStore(database);
        Ledger = new SqliteCostLedger(database);
        Quarantine = new SqliteQuarantine(database);
        Index = new SqliteVectorIndex(database);
        Care = new SqliteRecordCare(database);
        Maintenance = new SqliteMaintenance(database);
        Outbox = new SqliteOutbox(database);
    }

    /// <inheritdoc/>
    public IRecordStore Records { get; }

    /// <inheritdoc/>
    public IRecordReader Reader { get; }

    /// <inheritdoc/>
    public IStoreMemory Memory { get; }

    /// <inheritdoc/>
    public IPastReader Past { get; }

    /// <inheritdoc/>
    public ISafeguards Safeguards { get; }

    /// <inheritdoc/>
    public IGoldenQueries Golden { get; }

    /// <inheritdoc/>
    public IServiceEntries ServiceEntries { get; }

    /// <inheritdoc/>
    public IErasure Erasure { get; }

    /// <inheritdoc/>
    public IEmbeddingStore Embeddings { get; }

    /// <inheritdoc/>
    public ICostLedger Ledger { get; }

    /// <inheritdoc/>
    public IQuarantine Quarantine { get; }

    /// <inheritdoc/>
    public IVectorIndex Index { get; }

    /// <inheritdoc/>
    public IOutbox Outbox { get; }

    /// <inheritdoc/>
    public IRecordCare Care { get; }

    /// <inheritdoc/>
    public IStoreMaintenance Maintenance { get; }

    /// <inheritdoc/>
    public IChangeQueue Queue => _queue ??= new SqliteChangeQueue(_database);

    /// <inheritdoc/>
    public IQueuedChanges QueuedChanges => _queued ??= new SqliteQueuedChanges(_database);

    /// <inheritdoc/>
    public IStoreArchive Archive => new SqliteArchive(_database);

    /// <summary>Whether there is something under the path that could be opened as a store.</summary>
    /// <exception cref="TidemarkException">
    /// <c>store.read-only</c>: it cannot be told, because a folder on the way may not be entered.
    /// </exception>
    public static bool Exists(string path) => StorePath.Exists(path);

    /// <summary>Opens a store's file; one of an older format is migrated, unless it is opened for reading only.</summary>
    /// <exception cref="TidemarkException">
    /// <c>store.missing</c>, <c>store.foreign</c>, <c>store.newer</c>, <c>store.corrupt</c>, <c>store.read-only</c>.
    /// </exception>
    public static ValueTask<SqliteStore> OpenAsync(
        string path, SqliteStoreOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (file, first) = DatabaseFile.Open(path, options);
        return ValueTask.FromResult(new SqliteStore(new SqliteDatabase(file, first, clock)));
    }

    /// <summary>An empty store in memory, for a plan on a store that does not exist; nothing is made on disk.</summary>
    public static ValueTask<SqliteStore> OpenEmptyAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (file, first) = DatabaseFile.OpenTransient();
        return ValueTask.FromResult(new SqliteStore(new SqliteDatabase(file, first, clock)));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
