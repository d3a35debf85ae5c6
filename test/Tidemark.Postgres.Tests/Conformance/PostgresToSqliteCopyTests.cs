using Tidemark.Conformance.Copying;
using Tidemark.Indexing;

namespace Tidemark.Postgres.Tests.Conformance;

public sealed class PostgresToSqliteCopyTests : StoreCopyConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(clock);

    protected override ValueTask<ITidemarkStore> OpenOtherAsync(TimeProvider clock) => SqliteFile.OpenAsync(clock);
}
