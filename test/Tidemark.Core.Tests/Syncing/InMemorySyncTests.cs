using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Syncing;
using Tidemark.Indexing;

namespace Tidemark.Tests.Syncing;

public sealed class InMemorySyncTests : SyncConformance
{
    protected override ValueTask<ITidemarkStore> OpenStoreAsync() => ValueTask.FromResult<ITidemarkStore>(new InMemoryStore());
}

public sealed class InMemoryHistoryTests : HistoryConformance
{
    protected override ValueTask<ITidemarkStore> OpenStoreAsync() => ValueTask.FromResult<ITidemarkStore>(new InMemoryStore());

    protected override ITidemarkStore OpenReference() => new InMemoryStore();
}
