using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Records;
using Tidemark.Indexing;

namespace Tidemark.Tests.Conformance;

public sealed class InMemoryGarbageBesideWorkTests : GarbageBesideWorkConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) =>
        ValueTask.FromResult<ITidemarkStore>(new InMemoryStore(clock));
}
