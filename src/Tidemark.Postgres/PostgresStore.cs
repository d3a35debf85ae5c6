using Tidemark.Archiving;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Indexing;
using Tidemark.Postgres.Archiving;
using Tidemark.Postgres.Care;
using Tidemark.Postgres.Embedding;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Maintenance;
using Tidemark.Postgres.Publishing;
using Tidemark.Postgres.Queueing;
using Tidemark.Postgres.Records;
using Tidemark.Postgres.Server;
using Tidemark.Postgres.Storage;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Rewinding;

namespace Tidemark.Postgres;

/// <summary>
/// The store for teams: records, embeddings, vector and keyword index in one schema of a PostgreSQL database with pgvector. Any
/// number of processes may read it, and those whose runs share a namespace write it at once.
/// </summary>
public sealed class PostgresStore : ITidemarkStore
{
    private readonly PostgresDatabase _database;

    private PostgresStore(PostgresDatabase database)
    {
        _database = database;
        Records = new PostgresRecordStore(database);
        Reader = new PostgresRecordReader(database);
        Memory = database.Options.Memory ?? new ProcessMemory();
        Past = new PostgresPastReader(database);
        Safeguards = new PostgresSafeguards(database);
        Golden = new PostgresGoldenQueries(database);
        ServiceEntries = new PostgresServiceEntries(database);
        Erasure = new PostgresErasure(database);
        Embeddings = new PostgresEmbeddingStore(database);
        Ledger = new PostgresCostLedger(database);
        Quarantine = new PostgresQuarantine(database);
        Index = new PostgresVectorIndex(database);
        Care = new PostgresRecordCare(database);
        Maintenance = new PostgresMaintenance(database);
        Archive = new PostgresArchive(database);
        Outbox = new PostgresOutbox(database);
        Queue = new PostgresChangeQueue(database);
        QueuedChanges = new PostgresQueuedChanges(database);
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
    public IRecordCare Care { get; }

    /// <inheritdoc/>
    public IStoreMaintenance Maintenance { get; }

    /// <inheritdoc/>
    public IStoreArchive Archive { get; }

    /// <inheritdoc/>
    public IOutbox Outbox { get; }

    /// <inheritdoc/>
    public IChangeQueue Queue { get; }

    /// <inheritdoc/>
    public IQueuedChanges QueuedChanges { get; }

    /// <summary>Opens a store; one of an older format is migrated, unless it is opened for reading only.</summary>
    /// <param name="url">
    /// <c>postgres://USER@HOST:PORT/DATABASE?schema=NAME</c>; settings of the driver may follow. What is missing comes from
    /// PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE; the schema is <c>tidemark</c>.
    /// </param>
    /// <param name="options">Whether it is made, and for what it is opened.</param>
    /// <param name="clock">Times of commits and of what is stored are its.</param>
    /// <param name="cancellationToken">Ends connecting.</param>
    /// <exception cref="TidemarkException">
    /// <c>configuration.invalid</c>, <c>store.missing</c>, <c>store.foreign</c>, <c>store.newer</c>, <c>store.read-only</c>,
    /// <c>store.access</c>, <c>store.unreachable</c>, <c>store.failed</c>.
    /// </exception>
    public static async ValueTask<PostgresStore> OpenAsync(
        string url, PostgresStoreOptions options, TimeProvider clock, CancellationToken cancellationToken) => new(
        await StoreConnector.OpenAsync(StoreAddress.Parse(url), options, clock, cancellationToken).ConfigureAwait(false));

    /// <summary>Whether an address can be read, without connecting to it.</summary>
    /// <param name="url">As <see cref="OpenAsync"/> reads it.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>; the message does not show the address.</exception>
    public static void CheckAddress(string url) => StoreAddress.Parse(url);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
