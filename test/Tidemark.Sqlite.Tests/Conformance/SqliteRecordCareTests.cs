using Tidemark.Conformance.Care;
using Tidemark.Indexing;

namespace Tidemark.Sqlite.Tests.Conformance;

public sealed class SqliteRecordCareTests : RecordCareConformance
{
    private readonly SqliteAlteredStore _store = new();

    protected override string Impassable => "update layout set chunks = 4611686018427387904";

    protected override string LostWords => "delete from keyword_1_docsize where id = (select max(id) from keyword_1_docsize)";

    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => _store.OpenAsync(clock);

    protected override Task ExecuteAsync(string sql) => _store.ExecuteAsync(sql);
}
