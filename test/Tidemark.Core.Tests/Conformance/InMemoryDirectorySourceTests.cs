using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Sources;
using Tidemark.Indexing;

namespace Tidemark.Core.Tests.Conformance;

public sealed class InMemoryDirectorySourceTests : DirectorySourceConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) =>
        ValueTask.FromResult<ITidemarkStore>(new InMemoryStore(clock));
}
