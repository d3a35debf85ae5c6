using Microsoft.Data.Sqlite;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Sources;
using Tidemark.Indexing;
using Tidemark.Sources;

namespace Tidemark.Core.Tests.Conformance;

/// <summary>A database of SQLite.</summary>
public sealed class InMemorySqlSourceTests : SqlSourceConformance
{
    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) =>
        ValueTask.FromResult<ITidemarkStore>(new InMemoryStore(clock));

    protected override async ValueTask<SqlWorld> MakeDatabaseAsync()
    {
        SQLitePCL.Batteries_V2.Init();
        var folder = Directory.CreateTempSubdirectory("tidemark-sql-").FullName;
        var database = SqliteFactory.Instance.CreateDataSource($"Data Source={Path.Combine(folder, "shop.db")};Pooling=False");
        return await SqlWorld.MakeAsync(database, SqlDialect.Sqlite, "text", "strftime('%Y-%m-%d %H:%M:%f', 'now')", () =>
        {
            Directory.Delete(folder, recursive: true);
            return ValueTask.CompletedTask;
        });
    }
}
