using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Queueing;
using Tidemark.Indexing;

namespace Tidemark.Tests.Conformance;

public sealed class InMemoryEnqueueTests : EnqueueConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) =>
        ValueTask.FromResult<ITidemarkStore>(new InMemoryStore(clock));
}
