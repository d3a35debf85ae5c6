using Tidemark.Conformance.Embedding;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Tests.Conformance;

public sealed class PostgresEmbeddingStoreTests : EmbeddingStoreConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(clock);
}
