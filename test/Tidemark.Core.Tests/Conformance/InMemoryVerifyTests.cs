using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Verifying;
using Tidemark.Indexing;

namespace Tidemark.Core.Tests.Conformance;

public sealed class InMemoryVerifyTests : VerifyConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) =>
        ValueTask.FromResult<ITidemarkStore>(new InMemoryStore(clock));
}
