using Shouldly;
using Tidemark.Conformance.Records;
using Tidemark.Indexing;

namespace Tidemark.Sqlite.Tests.Conformance;

public sealed class SqliteStoreMaintenanceTests : StoreMaintenanceConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(clock);

    protected override void ShouldBeSmaller(long after, long before) => after.ShouldBeLessThan(before / 2);
}
