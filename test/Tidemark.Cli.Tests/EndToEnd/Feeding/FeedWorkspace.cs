using System.Text.Json.Nodes;
using Npgsql;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Feeding;

/// <summary>A workspace with a source that is a database of its own in a real PostgreSQL; both go with it.</summary>
internal sealed class FeedWorkspace : IAsyncDisposable
{
    private const string Variable = "TIDEMARK_TEST_POSTGRES";

    private Uri _server;

    private FeedWorkspace(Uri server) => _server = server;

    public Workspace Files { get; } = new();

    public string Database { get; } = $"feed_{Guid.NewGuid():n}";

    /// <summary>Of the application's database.</summary>
    public string Url => $"postgres://{_server.UserInfo}@{_server.Authority.Split('@')[^1]}/{Database}";

    public string StoreUrl => $"{Url}?schema=tidemark";

    public string Slot => "t_" + Database;

    /// <param name="sql">Makes the tables.</param>
    /// <param name="tables">As the settings name them.</param>
    /// <param name="store">Whether the index lives in the same database; else in a file.</param>
    /// <param name="server">Null: the one that all tests share.</param>
    public static async Task<FeedWorkspace> CreateAsync(string sql, string tables, bool store = false, Uri? server = null)
    {
        var url = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(url), $"{Variable} is not set; eval \"$(eng/services start postgres)\" sets it");
        var work = new FeedWorkspace(server ?? new Uri(url!));
        Assert.SkipWhen(
            await work.ScalarAsync<string>("show wal_level", "postgres") != "logical", "the server was not started with wal_level = logical; eng/services does");
        await work.ExecuteAsync($"create database {work.Database}", "postgres");
        await work.ExecuteAsync("create extension vector");
        await work.ExecuteAsync(sql);
        work.Configure(tables);
        work.Files.Environment["TIDEMARK_TRUST"] = "1";
        work.Files.Environment["SHOP"] = work.Url;
        if (store)
        {
            work.Files.Environment["TIDEMARK__STORE"] = work.StoreUrl;
        }

        return work;
    }

    /// <summary>Its database is on another server now.</summary>
    public void MoveTo(Uri server) => _server = server;

    /// <param name="tables">As the settings name them.</param>
    /// <param name="slot">Null: the workspace's own.</param>
    public void Configure(string tables, string? slot = null) => Files.Write(
        "tidemark.json",
        $$"""{ "sources": { "shop": { "postgres": "env:SHOP", "slot": "{{slot ?? Slot}}", "tables": {{tables}} } }, "chunking": { "chunker": "none" } }""");

    /// <summary>Everything that was committed is in the queue, and carried out.</summary>
    /// <returns>What the feed says it did.</returns>
    public async Task<JsonNode> FollowAsync(int exit = 0, params string[] arguments)
    {
        var report = (await Files.RunAsync(["feed", "--until-caught-up", "--json", .. arguments])).ShouldExit(exit).Json;
        (await Files.RunAsync("worker", "--until-empty")).ShouldExit(0);
        return report.AsArray().ShouldHaveSingleItem()!;
    }

    /// <summary>Live documents with their texts; each is one chunk.</summary>
    public async Task<SortedDictionary<string, string>> IndexedAsync() => new(
        (await Files.ExportAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)
            .ToDictionary(line => (string)line["document"]!, line => (string)line["text"]!, StringComparer.Ordinal),
        StringComparer.Ordinal);

    /// <param name="sql">Gives ids and texts, as the index should have them.</param>
    public async Task ShouldBeInStepAsync(string sql)
    {
        var wanted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await using (var connection = await ConnectAsync(Database))
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                wanted.Add(rows.GetString(0), rows.GetString(1));
            }
        }

        var indexed = await IndexedAsync();
        string[] missing = [.. wanted.Keys.Except(indexed.Keys, StringComparer.Ordinal)];
        string[] ghosts = [.. indexed.Keys.Except(wanted.Keys, StringComparer.Ordinal)];
        string[] wrong = [.. wanted.Where(row => indexed.TryGetValue(row.Key, out var text) && text.Trim() != row.Value.Trim()).Select(row => row.Key)];
        (missing.Length, ghosts.Length, wrong.Length).ShouldBe(
            (0, 0, 0), $"missing {string.Join(", ", missing.Take(5))}; ghosts {string.Join(", ", ghosts.Take(5))}; wrong {string.Join(", ", wrong.Take(5))}");
    }

    public async Task ExecuteAsync(string sql, string? database = null)
    {
        await using var connection = await ConnectAsync(database ?? Database);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql, string? database = null)
    {
        await using var connection = await ConnectAsync(database ?? Database);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task<NpgsqlConnection> ConnectAsync(string database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = _server.Host,
            Port = _server.Port,
            Username = _server.UserInfo.Split(':')[0],
            Password = _server.UserInfo.Contains(':', StringComparison.Ordinal) ? _server.UserInfo.Split(':')[1] : null,
            Database = database,
            Pooling = false,
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        Files.Dispose();
        for (var tries = 0; tries < 50 && !await TryDropSlotAsync(); tries++)
        {
            await Task.Delay(100);
        }

        await ExecuteAsync($"drop database if exists {Database} with (force)", "postgres");
    }

    /// <summary>Whoever was killed has it for a moment.</summary>
    private async Task<bool> TryDropSlotAsync()
    {
        try
        {
            await ExecuteAsync($"select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name like '{Slot}%'", "postgres");
            return true;
        }
        catch (PostgresException)
        {
            return false;
        }
    }
}
