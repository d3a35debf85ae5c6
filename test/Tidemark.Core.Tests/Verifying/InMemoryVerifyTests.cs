using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Verifying;
using Tidemark.Indexing;

namespace Tidemark.Tests.Verifying;

public sealed class InMemoryVerifyTests : VerifyConformance
{
    protected override ValueTask<ITidemarkStore> OpenStoreAsync() => ValueTask.FromResult<ITidemarkStore>(new InMemoryStore());
}
