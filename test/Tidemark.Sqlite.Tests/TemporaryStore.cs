using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Sqlite.Tests;

/// <summary>A store in a folder of its own, which goes when the store is closed.</summary>
public sealed class TemporaryStore(TemporaryFolder folder, SqliteStore store) : ITidemarkStore
{
    public IRecordStore Records => store.Records;

    public IRecordReader Reader => store.Reader;

    public IEmbeddingStore Embeddings => store.Embeddings;

    public IVectorIndex Index => store.Index;

    public IStoreMaintenance Maintenance => store.Maintenance;

    public static async ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock)
    {
        var folder = new TemporaryFolder();
        return new TemporaryStore(folder, await SqliteStore.OpenAsync(
            folder.Store, new SqliteStoreOptions { CreateIfMissing = true }, clock, CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Dispose();
    }
}
