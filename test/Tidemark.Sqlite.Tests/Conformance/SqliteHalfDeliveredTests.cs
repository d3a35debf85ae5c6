using Tidemark.Conformance.Publishing;
using Tidemark.Indexing;

namespace Tidemark.Sqlite.Tests.Conformance;

public sealed class SqliteHalfDeliveredTests : HalfDeliveredConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(clock);
}
