using Tidemark.Conformance.Syncing;
using Tidemark.Indexing;

namespace Tidemark.Postgres.Tests.Conformance;

public sealed class PostgresForgetLeftoversTests : ForgetLeftoversConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(clock);
}
