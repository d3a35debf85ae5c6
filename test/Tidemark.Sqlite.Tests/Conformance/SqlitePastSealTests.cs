using Tidemark.Conformance.Care;
using Tidemark.Indexing;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Tests.Conformance;

public sealed class SqlitePastSealTests : PastSealConformance
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
}
