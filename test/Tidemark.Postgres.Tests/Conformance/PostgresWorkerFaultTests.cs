using Tidemark.Conformance.Streaming;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Tests.Conformance;

public sealed class PostgresWorkerFaultTests : WorkerFaultConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(TimeProvider.System);
}
