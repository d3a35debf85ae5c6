using Tidemark.Conformance.Verifying;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Tests.Conformance;

public sealed class PostgresVerifyTests : VerifyConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(clock);
}
