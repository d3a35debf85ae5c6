using Tidemark.Conformance.Care;
using Tidemark.Indexing;

namespace Tidemark.Postgres.Tests.Conformance;

public sealed class PostgresLossTests : LossConformance
{
    private readonly PostgresAlteredStore _store = new();

    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => _store.OpenAsync(clock);

    protected override Task ExecuteAsync(string sql) => _store.ExecuteAsync(sql);

    protected override (string Vectors, string Words) Emptying { get; } = ("delete from vectors_1", "delete from keywords_1");

    protected override IReadOnlyList<string> IndexTables { get; } = ["vectors_1", "keywords_1", "keywords_1_p0"];
}
