using Tidemark.Conformance.Syncing;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Tests.Conformance;

public sealed class PostgresExpiryRuleTests : ExpiryRuleConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(clock);
}
