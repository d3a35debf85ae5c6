using Tidemark.Conformance.Indexing;
using Tidemark.Conformance.InMemory;
using Tidemark.Indexing;

namespace Tidemark.Tests.Conformance;

public sealed class InMemoryKeywordTests : KeywordConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) =>
        ValueTask.FromResult<ITidemarkStore>(new InMemoryStore(clock));
}
