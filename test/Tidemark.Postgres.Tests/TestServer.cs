using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Postgres.Storage;
using Xunit;

namespace Tidemark.Postgres.Tests;

/// <summary>
/// The server that the tests run against. They share one database that goes with their process, each with a schema of its own;
/// those that look at or hurt a whole database make one.
/// </summary>
internal static class TestServer
{
    private const string Variable = "TIDEMARK_TEST_POSTGRES";
    private static readonly Lazy<Task> Shared = new(() => CreateDatabaseAsync(Database!));
    private static int s_last;

    /// <summary>What <see cref="ServerCleanup"/> removes when all tests have ended.</summary>
    public static ConcurrentBag<string> Databases { get; } = [];

    public static string Database { get; } = string.Create(
        CultureInfo.InvariantCulture, $"tidemark_test_{Environment.ProcessId}_{Environment.TickCount64:x}");

    /// <summary>Where there is no server a test is skipped; on CI that counts as a failure.</summary>
    public static string Url
    {
        get
        {
            var url = Environment.GetEnvironmentVariable(Variable);
            Assert.SkipWhen(
                string.IsNullOrEmpty(url), $"{Variable} is not set; eval \"$(eng/services start postgres)\" starts a server and sets it");
            return url!;
        }
    }

    public static string UrlOf(string database) => string.Concat(Url.AsSpan(0, Url.LastIndexOf('/') + 1), database);

    public static string UrlOfSchema(string schema) => $"{UrlOf(Database)}?schema={schema}";

    /// <summary>A name for a schema in the shared database; it is not made.</summary>
    public static async Task<string> NewSchemaAsync()
    {
        _ = Url;
        await Shared.Value;
        return NewName();
    }

    /// <summary>A database of its own, with the extension.</summary>
    public static async Task<string> CreateDatabaseAsync()
    {
        var name = $"{Database}_{NewName()}";
        await CreateDatabaseAsync(name);
        return name;
    }

    public static Task DropDatabaseAsync(string name) => ExecuteAsync($"drop database if exists {name} with (force)");

    /// <summary>As the administrator of the server.</summary>
    public static async Task ExecuteAsync(string sql, string? database = null)
    {
        await using var connection = await ConnectAsync(database);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> ScalarAsync<T>(string database, string sql)
    {
        await using var connection = await ConnectAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>
    /// Finished indexes of a kind over a generation's tables. Not from <c>pg_indexes</c>, which also looks into indexes that other tests
    /// drop meanwhile.
    /// </summary>
    /// <param name="method"><c>gin</c>, <c>hnsw</c>.</param>
    /// <param name="table">The beginning of the tables' names.</param>
    public static Task<long> CountIndexesAsync(string schema, string method, string table) => ScalarAsync<long>(
        Database,
        $"""
        select count(*) from pg_index i
        join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_class x on x.oid = i.indexrelid join pg_am a on a.oid = x.relam
        where n.nspname = '{schema}' and c.relname like '{table}%' and a.amname = '{method}' and i.indisvalid
        """);

    public static async Task<NpgsqlConnection> ConnectAsync(string? database = null)
    {
        var address = StoreAddress.Parse(database is null ? Url : UrlOf(database));
        var connection = new NpgsqlConnection(address.ConnectionString(1, SessionNeeds.Usual) + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    public static string NewName() => string.Create(CultureInfo.InvariantCulture, $"s{Interlocked.Increment(ref s_last)}");

    private static async Task CreateDatabaseAsync(string name)
    {
        await ExecuteAsync($"create database {name}");
        Databases.Add(name);
        await ExecuteAsync("create extension vector schema public", name);
    }
}
