using Tidemark.Conformance.Embedding;
using Tidemark.Indexing;

namespace Tidemark.Sqlite.Tests.Conformance;

public sealed class SqliteCostLedgerTests : CostLedgerConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(clock);
}
