using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Migrating;
using Tidemark.Indexing;

namespace Tidemark.Core.Tests.Conformance;

public sealed class InMemoryMigrationTests : MigrationConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) =>
        ValueTask.FromResult<ITidemarkStore>(new InMemoryStore(clock));
}
