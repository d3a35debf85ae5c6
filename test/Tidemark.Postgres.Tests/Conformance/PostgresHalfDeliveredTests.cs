using Tidemark.Conformance.Publishing;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Tests.Conformance;

public sealed class PostgresHalfDeliveredTests : HalfDeliveredConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(clock);
}
