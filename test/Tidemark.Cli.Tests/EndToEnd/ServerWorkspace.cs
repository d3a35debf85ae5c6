using Npgsql;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A workspace whose store is a schema of its own in a real PostgreSQL; the schema goes with it.</summary>
internal sealed class ServerWorkspace : IAsyncDisposable
{
    private const string Variable = "TIDEMARK_TEST_POSTGRES";
    private readonly string _server;

    public ServerWorkspace()
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(server), $"{Variable} is not set; eval \"$(eng/services start postgres)\" sets it");
        _server = server!;
        Files.Environment["TIDEMARK__STORE"] = Url;
    }

    public Workspace Files { get; } = new();

    public string Schema { get; } = $"e2e_{Guid.NewGuid():n}";

    public string Url => $"{_server}?schema={Schema}";

    /// <summary>The same address with a password in it, as somebody may type it.</summary>
    public string UrlWithPassword(string password) => Url.Replace("@", $":{password}@", StringComparison.Ordinal);

    /// <summary>Has what a run would have for itself, until it is given back.</summary>
    /// <param name="what">As the store names it: <c>namespace/default</c>.</param>
    public async Task<IAsyncDisposable> HoldAsync(string what)
    {
        var connection = await ConnectAsync(database: null);
        await using var command = new NpgsqlCommand(
            $"select pg_advisory_lock(hashtextextended('tidemark/{Schema}/{what}', 0))", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <param name="database">Null: the one that the tests are given.</param>
    public async Task ExecuteAsync(string sql, string? database = null)
    {
        await using var connection = await ConnectAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await ConnectAsync(database: null);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Whether somebody keeps all others away from a table of the store.</summary>
    public async Task<bool> IsLockedAsync(string table)
    {
        await using var connection = await ConnectAsync(database: null);
        await using var command = new NpgsqlCommand(
            $"select exists (select 1 from pg_locks where relation = '{Schema}.{table}'::regclass and mode = 'AccessExclusiveLock' and granted)",
            connection);
        return await command.ExecuteScalarAsync() is true;
    }

    private async Task<NpgsqlConnection> ConnectAsync(string? database)
    {
        var address = new Uri(_server);
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = address.Host,
            Port = address.Port,
            Username = address.UserInfo.Split(':')[0],
            Password = address.UserInfo.Contains(':', StringComparison.Ordinal) ? address.UserInfo.Split(':')[1] : null,
            Database = database ?? address.AbsolutePath.Trim('/'),
            Pooling = false,
            CommandTimeout = 120, // to drop a database waits for every session, those of other tests' dead wires too
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        Files.Dispose();
        await ExecuteAsync($"drop schema if exists {Schema} cascade");
    }
}
