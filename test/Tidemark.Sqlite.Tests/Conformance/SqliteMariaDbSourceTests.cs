using System.Globalization;
using MySqlConnector;
using Tidemark.Conformance.Sources;
using Tidemark.Indexing;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Sqlite.Tests.Conformance;

/// <summary>A database of MariaDB, indexed in a file.</summary>
public sealed class SqliteMariaDbSourceTests : SqlSourceConformance
{
    private const string Variable = "TIDEMARK_TEST_MARIADB";
    private static int s_last;

    protected override ValueTask<ITidemarkStore> OpenAsync(TimeProvider clock) => SelfRemovingStore.OpenAsync(clock);

    protected override async ValueTask<SqlWorld> MakeDatabaseAsync()
    {
        var url = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(url), $"{Variable} is not set; eval \"$(eng/services start mariadb)\" starts a server and sets it");
        var server = new MySqlConnectionStringBuilder
        {
            Server = new Uri(url!).Host,
            Port = (uint)new Uri(url!).Port,
            UserID = new Uri(url!).UserInfo,
            GuidFormat = MySqlGuidFormat.None,
            ConvertZeroDateTime = true,
        };
        var name = string.Create(CultureInfo.InvariantCulture, $"tidemark_{Environment.ProcessId}_{Interlocked.Increment(ref s_last)}");
        await ExecuteAsync(server, $"create database {name}");
        return await SqlWorld.MakeAsync(
            new MySqlDataSource(new MySqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString),
            SqlDialect.MySql,
            "datetime(6)",
            "now(6)",
            async () => await ExecuteAsync(server, $"drop database {name}"));
    }

    private static async Task ExecuteAsync(MySqlConnectionStringBuilder server, string sql)
    {
        await using var connection = new MySqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
