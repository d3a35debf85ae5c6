using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Embedding;
using Tidemark.Indexing;

namespace Tidemark.Tests.Conformance;

public sealed class InMemoryQuarantineTests : QuarantineConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) =>
        ValueTask.FromResult<ITidemarkStore>(new InMemoryStore(clock));
}
