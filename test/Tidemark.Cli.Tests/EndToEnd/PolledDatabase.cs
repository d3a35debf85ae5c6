using System.Data.Common;
using System.Globalization;
using MySqlConnector;
using Npgsql;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A database of a test's own in a real server, that an application writes to; it goes with the test.</summary>
internal sealed class PolledDatabase : IAsyncDisposable
{
    private readonly DbDataSource _database;
    private readonly DbDataSource _server;
    private readonly string _name;

    private PolledDatabase(DbDataSource server, DbDataSource database, string name, string url, string now) =>
        (_server, _database, _name, Url, Now) = (server, database, name, url, now);

    public string Url { get; }

    /// <summary>The database's clock.</summary>
    public string Now { get; }

    public static async Task<PolledDatabase> CreateAsync(string kind)
    {
        var variable = kind == "mariadb" ? "TIDEMARK_TEST_MARIADB" : "TIDEMARK_TEST_POSTGRES";
        var url = Environment.GetEnvironmentVariable(variable);
        Assert.SkipWhen(string.IsNullOrEmpty(url), $"{variable} is not set; eval \"$(eng/services start)\" sets it");
        var (server, name) = (new Uri(url!), $"polled_{Guid.NewGuid():n}");
        var polled = new PolledDatabase(
            Open(kind, server, kind == "mariadb" ? "" : "postgres"), Open(kind, server, name), name, $"{server.Scheme}://{server.UserInfo}@{server.Host}:{server.Port}/{name}",
            kind == "mariadb" ? "now(6)" : "clock_timestamp()");
        await polled.ExecuteAsync(polled._server, $"create database {name}");
        var time = kind == "mariadb" ? "datetime(6)" : "timestamptz";
        await polled.ExecuteAsync($"create table product (id int primary key, name varchar(200), description varchar(200), price decimal(10, 2), updated_at {time}, deleted_at {time})");
        await polled.ExecuteAsync("create index by_time on product (updated_at, id)");
        return polled;
    }

    public async Task InsertAsync(int first, int count)
    {
        foreach (var chunk in Enumerable.Range(first, count).Chunk(500))
        {
            await ExecuteAsync("insert into product values " + string.Join(", ", chunk.Select(i =>
                string.Create(CultureInfo.InvariantCulture, $"({i}, 'name {i}', 'description of {i}', {i / 2m}, {Now}, null)"))));
        }
    }

    public Task ExecuteAsync(string sql) => ExecuteAsync(_database, sql);

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await ExecuteAsync(_server, $"drop database {_name}" + (_server is NpgsqlDataSource ? " with (force)" : ""));
        await _server.DisposeAsync();
    }

    private static DbDataSource Open(string kind, Uri server, string name) => kind == "mariadb"
        ? new MySqlDataSource($"Server={server.Host};Port={server.Port};User ID={server.UserInfo};Database={name}")
        : NpgsqlDataSource.Create($"Host={server.Host};Port={server.Port};Username={server.UserInfo};Database={name}");

    private async Task ExecuteAsync(DbDataSource where, string sql)
    {
        await using var command = where.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
