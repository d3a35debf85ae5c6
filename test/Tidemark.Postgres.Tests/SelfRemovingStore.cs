using Tidemark.Archiving;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Tests;

/// <summary>A store in a schema of its own that goes when it is closed.</summary>
internal sealed class SelfRemovingStore(string schema, ITidemarkStore store) : ITidemarkStore
{
    public string Url => TestServer.UrlOfSchema(schema);

    public string Schema => schema;

    public IRecordStore Records => store.Records;

    public IRecordReader Reader => store.Reader;

    public IPastReader Past => store.Past;

    public ISafeguards Safeguards => store.Safeguards;

    public IGoldenQueries Golden => store.Golden;

    public IServiceEntries ServiceEntries => store.ServiceEntries;

    public IErasure Erasure => store.Erasure;

    public IEmbeddingStore Embeddings => store.Embeddings;

    public ICostLedger Ledger => store.Ledger;

    public IQuarantine Quarantine => store.Quarantine;

    public IVectorIndex Index => store.Index;

    public IRecordCare Care => store.Care;

    public IStoreMaintenance Maintenance => store.Maintenance;

    public IStoreArchive Archive => store.Archive;

    public IOutbox Outbox => store.Outbox;

    public Tidemark.Queueing.IChangeQueue Queue => store.Queue;

    public Tidemark.Queueing.IQueuedChanges QueuedChanges => store.QueuedChanges;

    public static async ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) =>
        await OpenAsync(clock, new PostgresStoreOptions { CreateIfMissing = true });

    /// <summary>Its connections are known by the name of the schema.</summary>
    public static async ValueTask<SelfRemovingStore> OpenAsync(TimeProvider clock, PostgresStoreOptions options)
    {
        var schema = await TestServer.NewSchemaAsync();
        var url = $"{TestServer.UrlOfSchema(schema)}&application_name={schema}";
        return new SelfRemovingStore(schema, await PostgresStore.OpenAsync(url, options, clock, CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        await TestServer.ExecuteAsync($"drop schema if exists {schema} cascade", TestServer.Database);
    }
}
