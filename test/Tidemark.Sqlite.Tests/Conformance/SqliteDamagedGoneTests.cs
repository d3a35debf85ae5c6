using Tidemark.Conformance.Care;
using Tidemark.Indexing;

namespace Tidemark.Sqlite.Tests.Conformance;

public sealed class SqliteDamagedGoneTests : DamagedGoneConformance
{
    private readonly SqliteAlteredStore _store = new();

    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => _store.OpenAsync(clock);

    protected override Task ExecuteAsync(string sql) => _store.ExecuteAsync(sql);
}
