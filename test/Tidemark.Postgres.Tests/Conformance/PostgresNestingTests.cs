using Tidemark.Conformance.Streaming;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Tests.Conformance;

public sealed class PostgresNestingTests : NestingConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(TimeProvider.System);

    protected override Task DamageQueueAsync() =>
        TestServer.ExecuteAsync($"update {((SelfRemovingStore)Store).Schema}.queue set payload = '{{'", TestServer.Database);
}
