using Tidemark.Conformance.Care;
using Tidemark.Indexing;

namespace Tidemark.Sqlite.Tests.Conformance;

public sealed class SqliteLossTests : LossConformance
{
    private readonly SqliteAlteredStore _store = new();

    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => _store.OpenAsync(clock);

    protected override Task ExecuteAsync(string sql) => _store.ExecuteAsync(sql);

    protected override (string Vectors, string Words) Emptying { get; } = ("delete from vector_pack_1", "delete from keyword_1_docsize; delete from keyword_1_data where id > 10");

    protected override IReadOnlyList<string> IndexTables { get; } = ["vector_pack_1", "vector_code_1", "vector_slot_1", "keyword_1"];
}
