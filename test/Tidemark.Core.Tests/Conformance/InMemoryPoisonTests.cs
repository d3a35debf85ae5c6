using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Streaming;
using Tidemark.Indexing;

namespace Tidemark.Tests.Conformance;

public sealed class InMemoryPoisonTests : PoisonConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) =>
        ValueTask.FromResult<ITidemarkStore>(new InMemoryStore(TimeProvider.System));
}
