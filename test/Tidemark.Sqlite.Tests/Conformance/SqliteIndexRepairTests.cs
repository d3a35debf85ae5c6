using Tidemark.Conformance.Publishing;
using Tidemark.Indexing;

namespace Tidemark.Sqlite.Tests.Conformance;

public sealed class SqliteIndexRepairTests : IndexRepairConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(clock);
}
