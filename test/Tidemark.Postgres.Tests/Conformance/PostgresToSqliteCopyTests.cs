using Tidemark.Conformance.Copying;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Tests.Conformance;

public sealed class PostgresToSqliteCopyTests : StoreCopyConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(clock);

    /// <summary>By the clock that the server of the original went by: what is due there is due here.</summary>
    protected override ValueTask<ITidemarkStore> OpenOtherAsync(TimeProvider clock) =>
        SqliteFile.OpenAsync(TimeProvider.System);
}
