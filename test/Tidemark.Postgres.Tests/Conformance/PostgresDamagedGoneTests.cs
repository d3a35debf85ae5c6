using Tidemark.Conformance.Care;
using Tidemark.Indexing;

namespace Tidemark.Postgres.Tests.Conformance;

public sealed class PostgresDamagedGoneTests : DamagedGoneConformance
{
    private readonly PostgresAlteredStore _store = new();

    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => _store.OpenAsync(clock);

    protected override Task ExecuteAsync(string sql) => _store.ExecuteAsync(sql);
}
