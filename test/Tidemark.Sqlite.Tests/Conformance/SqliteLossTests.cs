using Tidemark.Conformance.Care;
using Tidemark.Indexing;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Tests.Conformance;

public sealed class SqliteLossTests : LossConformance
{
    private readonly TemporaryStore _file = new();

    protected override async ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) =>
        new SelfRemovingStore(_file, await _file.OpenAsync(clock));

    protected override Task ExecuteAsync(string sql)
    {
        using var connection = SqliteConnection.Open(_file.Path, SqliteOpenMode.Write, TimeSpan.FromSeconds(5));
        connection.Execute(sql);
        return Task.CompletedTask;
    }

    protected override (string Vectors, string Words) Emptying { get; } = ("delete from vector_pack_1", "delete from keyword_1_docsize; delete from keyword_1_data where id > 10");
}
