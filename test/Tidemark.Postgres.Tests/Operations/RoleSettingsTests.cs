using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Postgres.Server;
using Tidemark.Postgres.Storage;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Postgres.Tests.Operations;

/// <summary>Roles whose sessions begin with settings that were meant for other programs.</summary>
public sealed class RoleSettingsTests : IAsyncLifetime
{
    private static readonly PostgresStoreOptions Creating = new() { CreateIfMissing = true };
    private string _database = "";
    private TestRole _role = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestServer.CreateDatabaseAsync();
        _role = await TestRole.CreateAsync(_database, $"grant create on database {_database} to {{0}}");
    }

    public async ValueTask DisposeAsync()
    {
        await TestServer.ExecuteAsync("drop schema if exists tidemark cascade", _database);
        await _role.DisposeAsync();
        await TestServer.DropDatabaseAsync(_database);
    }

    [Theory]
    [InlineData("statement_timeout", "15ms", "0")]
    [InlineData("lock_timeout", "1ms", "0")]
    [InlineData("transaction_timeout", "15ms", "0")]
    [InlineData("idle_in_transaction_session_timeout", "1ms", "0")]
    [InlineData("idle_session_timeout", "100ms", "0")]
    [InlineData("default_transaction_isolation", "serializable", "read committed")]
    public async Task They_do_no_harm(string setting, string value, string needed)
    {
        await TestServer.ExecuteAsync($"alter role {_role.Name} set {setting} = '{value}'");
        await using var store = await OpenAsync();
        await using var other = await OpenAsync();

        var (first, second) = (new SyncBench(store), new SyncBench(other));
        await first.SyncAsync(Documents("a", 200));
        await Task.WhenAll(first.SyncAsync(Documents("b", 100)), second.SyncAsync(Documents("c", 100)));

        (await SettingAsync(setting)).ShouldBe(needed);
        (await store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
        (await store.Reader.NamespaceAsync("default", CancellationToken.None)).ShouldNotBeNull().Documents.ShouldBe(400);
    }

    /// <summary>Without cleanup, so that two runs share the namespace.</summary>
    private static ScriptedSource Documents(string name, int count) => new(
        name, [.. Enumerable.Range(0, count).Select(i => Upsert($"{name}{i}", $"text {i} of {name}\n\nshared {i % 7}"))])
    {
        DefaultCleanup = CleanupMode.None,
    };

    private async Task<string> SettingAsync(string name)
    {
        await using var database = await StoreConnector.OpenAsync(StoreAddress.Parse(_role.Url), Creating, TimeProvider.System, CancellationToken.None);
        return (await database.RunAsync(
            connection => connection.ScalarAsync<string>("select current_setting($1)", CancellationToken.None, Sql.Of(name)), CancellationToken.None))!;
    }

    private ValueTask<PostgresStore> OpenAsync() => PostgresStore.OpenAsync(_role.Url, Creating, TimeProvider.System, CancellationToken.None);
}
