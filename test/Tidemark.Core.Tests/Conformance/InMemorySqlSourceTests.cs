using Microsoft.Data.Sqlite;
using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Sources;
using Tidemark.Indexing;
using Tidemark.Sources;
using Xunit;

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

    /// <summary>A column of SQLite may hold values of every type; two of them may be one text.</summary>
    [Theory]
    [InlineData("7", "'7'")]
    [InlineData("7.0", "'7'")]
    [InlineData("x'0a'", "'0a'")]
    public async Task Keys_of_any_type_are_all_read_and_two_that_are_one_text_are_refused(string one, string other)
    {
        await using var world = (SqlWorld)await MakeAsync();
        await world.ExecuteAsync("create table anything (id primary key, body text)");
        await world.ExecuteAsync($"insert into anything values ({one}, 'one'), (2.5, 'two'), ('word', 'three'), (8, 'four'), ('8.0', 'five')");
        world.Table = new SqlTable("anything", "notes/{id}", "{body}");
        world.PageSize = 2;
        await SyncAsync(world, world.Source());
        await ShouldHoldAsync(world, [(other.Trim('\''), "one"), ("2.5", "two"), ("8", "four"), ("8.0", "five"), ("word", "three")]);
        await world.ExecuteAsync($"insert into anything values ({other}, 'six')");

        (await Should.ThrowAsync<TidemarkException>(() => SyncAsync(world, world.Source()))).Message.ShouldContain($"several are 'notes/{other.Trim('\'')}'");
    }
}
