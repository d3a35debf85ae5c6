using Tidemark.Conformance.Records;
using Tidemark.Indexing;

namespace Tidemark.Sqlite.Tests.Conformance;

public sealed class SqliteNamespaceHoldTests : NamespaceHoldConformance
{
    protected override bool TakesSeveralWriters => false;

    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(clock);
}
