using Npgsql;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Feeding;

/// <summary>A PostgreSQL of the test's own with a standby that has its failover slots; the one is killed, the other promoted.</summary>
internal sealed class FailoverPair : IAsyncDisposable
{
    private const string First = "TIDEMARK_TEST_POSTGRES", Second = "TIDEMARK_TEST_STANDBY";

    private readonly string _instance;

    private FailoverPair(Uri primary, Uri standby, string instance) => (Primary, Standby, _instance) = (primary, standby, instance);

    public Uri Primary { get; }

    public Uri Standby { get; }

    public static async Task<FailoverPair> StartAsync()
    {
        Assert.SkipWhen(
            string.IsNullOrEmpty(Environment.GetEnvironmentVariable(First)), $"{First} is not set: eng/services cannot start a server here, or was not asked to");
        var lines = await TestServices.RunAsync("start", "postgres", "standby");
        return new FailoverPair(
            new Uri(TestServices.Of(lines, First)), new Uri(TestServices.Of(lines, Second)), TestServices.Of(lines, TestServices.Instance));
    }

    /// <summary>SIGKILL for every process of it.</summary>
    public Task KillPrimaryAsync() => TestServices.RunAsync("kill", _instance, "postgres");

    public Task PromoteAsync() => ExecuteAsync(Standby, "select pg_promote(true, 60)");

    /// <summary>Statements that stand alone, as those that alter the system must.</summary>
    public static async Task ExecuteAsync(Uri server, params string[] statements)
    {
        await using var connection = await ConnectAsync(server);
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    public static async Task<bool> IsSoAsync(Uri server, string question)
    {
        await using var connection = await ConnectAsync(server);
        await using var command = new NpgsqlCommand(question, connection);
        return await command.ExecuteScalarAsync() is true;
    }

    public async ValueTask DisposeAsync() => await TestServices.RunAsync("stop", _instance);

    private static async Task<NpgsqlConnection> ConnectAsync(Uri server)
    {
        var connection = new NpgsqlConnection($"Host={server.Host};Port={server.Port};Username={server.UserInfo};Database=postgres;Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}
