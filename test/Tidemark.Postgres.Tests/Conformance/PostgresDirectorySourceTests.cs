using Tidemark.Conformance.Sources;
using Tidemark.Indexing;

namespace Tidemark.Postgres.Tests.Conformance;

public sealed class PostgresDirectorySourceTests : DirectorySourceConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(clock);
}
