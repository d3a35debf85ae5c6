using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Syncing;
using Tidemark.Indexing;

namespace Tidemark.Sqlite.Tests.Syncing;

public sealed class SqliteSyncTests : SyncConformance, IDisposable
{
    private readonly TemporaryStore _file = new();

    public void Dispose() => _file.Dispose();

    protected override ValueTask<ITidemarkStore> OpenStoreAsync() => _file.OpenAsync();
}

public sealed class SqliteHistoryTests : HistoryConformance, IDisposable
{
    private readonly TemporaryStore _file = new();

    public void Dispose() => _file.Dispose();

    protected override ValueTask<ITidemarkStore> OpenStoreAsync() => _file.OpenAsync();

    protected override ITidemarkStore OpenReference() => new InMemoryStore();
}
