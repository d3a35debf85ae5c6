using Tidemark.Conformance.Searching;
using Tidemark.Indexing;

namespace Tidemark.Sqlite.Tests.Conformance;

public sealed class SqlitePastSearchTests : PastSearchConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(clock);
}
