using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Publishing;
using Tidemark.Indexing;

namespace Tidemark.Tests.Conformance;

public sealed class InMemorySeveralIndexesTests : SeveralIndexesConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => new(new InMemoryStore(clock));
}
