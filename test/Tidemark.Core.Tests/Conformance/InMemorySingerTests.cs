using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Sources;
using Tidemark.Indexing;

namespace Tidemark.Core.Tests.Conformance;

public sealed class InMemorySingerTests : SingerConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) =>
        ValueTask.FromResult<ITidemarkStore>(new InMemoryStore(clock));
}
