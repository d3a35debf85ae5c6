using Tidemark.Conformance.Indexing;
using Tidemark.Conformance.InMemory;
using Tidemark.Indexing;

namespace Tidemark.Tests.Indexing;

public sealed class InMemoryVectorIndexTests : VectorIndexConformance
{
    protected override ValueTask<ITidemarkStore> OpenStoreAsync() => ValueTask.FromResult<ITidemarkStore>(new InMemoryStore());
}
