using System.Text.Json.Nodes;
using Npgsql;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Adopting;

/// <summary>Another system's database in a real PostgreSQL, filled with the chunks that an index of ours has; it goes with the test.</summary>
internal sealed class OriginWorkspace : IAsyncDisposable
{
    private const string Variable = "TIDEMARK_TEST_POSTGRES";

    private readonly Uri _server;

    private OriginWorkspace(Uri server) => _server = server;

    public string Database { get; } = $"origin_{Guid.NewGuid():n}";

    public string Url => $"postgres://{_server.UserInfo}@{_server.Authority.Split('@')[^1]}/{Database}";

    /// <param name="sql">Makes the tables.</param>
    public static async Task<OriginWorkspace> CreateAsync(string sql)
    {
        var url = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(url), $"{Variable} is not set; eval \"$(eng/services start postgres)\" sets it");
        var work = new OriginWorkspace(new Uri(url!));
        await work.ExecuteAsync($"create database {work.Database}", "postgres");
        await work.ExecuteAsync("create extension vector");
        await work.ExecuteAsync(sql);
        return work;
    }

    /// <summary>Chunks with vectors, as an index exports them.</summary>
    public static async Task<IReadOnlyList<JsonNode>> ChunksAsync(Workspace work, string store) =>
        (await work.RunAsync("export", "--vectors", "--store", store)).ShouldExit(0).JsonLines;

    public static string VectorOf(JsonNode chunk) => chunk["vector"]!.ToJsonString();

    /// <summary>One row a chunk.</summary>
    /// <param name="into">Table and columns: number, text, vector.</param>
    /// <param name="type">Of the vectors.</param>
    /// <param name="chunks">See <see cref="ChunksAsync"/>.</param>
    /// <param name="number">Makes an id of a number, in SQL.</param>
    public async Task FillAsync(string into, string type, IReadOnlyList<JsonNode> chunks, string number = "n::text")
    {
        await using var connection = await ConnectAsync(Database);
        await using var command = new NpgsqlCommand(
            $"insert into {into} select {number}, t, v::{type} from unnest($1::int[], $2::text[], $3::text[]) w(n, t, v)", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Enumerable.Range(0, chunks.Count).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = chunks.Select(chunk => (string)chunk["text"]!).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = chunks.Select(VectorOf).ToArray() });
        (await command.ExecuteNonQueryAsync()).ShouldBe(chunks.Count);
    }

    public async Task ExecuteAsync(string sql, string? database = null)
    {
        await using var connection = await ConnectAsync(database ?? Database);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"drop database if exists {Database} with (force)", "postgres");

    private async Task<NpgsqlConnection> ConnectAsync(string database)
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
}
