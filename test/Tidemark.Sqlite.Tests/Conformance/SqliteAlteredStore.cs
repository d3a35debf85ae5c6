using Tidemark.Indexing;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Tests.Conformance;

/// <summary>A store of a test's own, and a way into its tables past it.</summary>
internal sealed class SqliteAlteredStore
{
    private readonly TemporaryStore _file = new();

    public async ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => new SelfRemovingStore(_file, await _file.OpenAsync(clock));

    public Task ExecuteAsync(string sql)
    {
        using var connection = SqliteConnection.Open(_file.Path, SqliteOpenMode.Write, TimeSpan.FromSeconds(5));
        connection.Execute(sql);
        return Task.CompletedTask;
    }
}
