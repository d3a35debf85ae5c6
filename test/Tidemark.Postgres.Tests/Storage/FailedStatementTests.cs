using Shouldly;
using Tidemark.Postgres.Server;
using Tidemark.Postgres.Storage;
using Xunit;

namespace Tidemark.Postgres.Tests.Storage;

/// <summary>A statement that fails while the driver prepares it, which it does the second time, spoils nothing for the next one.</summary>
public sealed class FailedStatementTests : IAsyncLifetime
{
    private const string Division = "select 12 / $1::int";
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly PostgresDatabase _database = PostgresDatabase.Connect(
        StoreAddress.Parse(TestServer.Url), new PostgresStoreOptions { MaxConnections = 1 }, TimeProvider.System, SessionNeeds.Usual);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task On_a_connection_that_is_given_back()
    {
        (await DivideAsync(4)).ShouldBe(3);
        await Should.ThrowAsync<TidemarkException>(async () => await DivideAsync(0));
        (await DivideAsync(3)).ShouldBe(4);

        async Task<int> DivideAsync(int by) =>
            await _database.RunAsync(connection => connection.ScalarAsync<int>(Division, None, Sql.Of(by)), None);
    }

    [Fact]
    public async Task In_a_transaction()
    {
        (await DivideAsync(4)).ShouldBe(3);
        await Should.ThrowAsync<TidemarkException>(async () => await DivideAsync(0));
        (await DivideAsync(3)).ShouldBe(4);

        async Task<int> DivideAsync(int by) =>
            await _database.InTransactionAsync(connection => connection.ScalarAsync<int>(Division, None, Sql.Of(by)), None);
    }

    [Fact]
    public async Task While_rows_are_streamed()
    {
        (await DivideAsync(4)).ShouldBe([3]);
        await Should.ThrowAsync<TidemarkException>(async () => await DivideAsync(0));
        (await DivideAsync(3)).ShouldBe([4]);

        async Task<List<int>> DivideAsync(int by) => await _database
            .StreamAsync(connection => connection.StreamAsync(Division, row => row.GetInt32(0), None, Sql.Of(by)), None).ToListAsync();
    }

    [Fact]
    public async Task On_a_connection_that_is_kept()
    {
        await using var connection = await _database.OpenAsync(None);
        (await DivideAsync(4)).ShouldBe(3);
        await Should.ThrowAsync<TidemarkException>(async () => await DivideAsync(0));
        (await DivideAsync(3)).ShouldBe(4);

        async Task<int> DivideAsync(int by) =>
            await _database.GuardAsync(connection, async () => await connection.ScalarAsync<int>(Division, None, Sql.Of(by)), None);
    }

    [Fact]
    public async Task On_a_connection_that_is_kept_in_a_transaction()
    {
        await using var connection = await _database.OpenAsync(None);
        (await DivideAsync(4)).ShouldBe(3);
        await Should.ThrowAsync<TidemarkException>(async () => await DivideAsync(0));
        (await DivideAsync(3)).ShouldBe(4);

        async Task<int> DivideAsync(int by) => await _database.GuardAsync(connection, async () =>
        {
            await using var transaction = await connection.BeginTransactionAsync(None);
            return await connection.ScalarAsync<int>(Division, None, Sql.Of(by));
        }, None);
    }
}
