using Tidemark.Conformance.Copying;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Tests.Conformance;

public sealed class PostgresFromSqliteCopyTests : StoreCopyConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SqliteFile.OpenAsync(clock);

    protected override ValueTask<ITidemarkStore> OpenOtherAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(clock);
}
