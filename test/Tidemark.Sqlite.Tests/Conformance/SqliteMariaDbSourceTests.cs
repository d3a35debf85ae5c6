using System.Globalization;
using MySqlConnector;
using Shouldly;
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

    /// <summary>More rows than a page has, ordered by places in a list and not by letters.</summary>
    [Theory]
    [InlineData("enum('en', 'de', 'fr', 'ar')", true)]
    [InlineData("enum('en', 'de', 'fr', 'ar')", false)]
    [InlineData("set('en', 'de', 'fr', 'ar')", true)]
    public async Task A_key_with_words_of_a_list_loses_no_row(string type, bool isPolled)
    {
        await using var world = await WorldAsync();
        await world.ExecuteAsync($"create table words (lang {type} not null, number int not null, body text, updated datetime(6), primary key (lang, number))");
        world.Table = new SqlTable("words", "notes/{lang}-{number}", "{body}") { Updated = isPolled ? ["updated"] : [] };
        world.PageSize = 16;
        var rows = new[] { "en", "de", "fr", "ar" }.SelectMany(lang => Enumerable.Range(1, 25), (lang, number) => (Lang: lang, Number: number)).ToArray();
        foreach (var (lang, number) in rows)
        {
            await world.ExecuteAsync($"insert into words values ('{lang}', {number}, 'text {lang} {number}', '2026-11-30 12:00:00')");
        }

        (await SyncAsync(world, world.Source())).Documents.Added.ShouldBe(100);
        (await SyncAsync(world, world.Source())).Documents.Deleted.ShouldBe(0);

        await ShouldHoldAsync(world, [.. rows.Select(row => ($"{row.Lang}-{row.Number}", $"text {row.Lang} {row.Number}"))]);
    }

    [Fact]
    public async Task Values_are_read_as_the_server_writes_them_however_large_small_or_odd()
    {
        await using var world = await WorldAsync();
        await world.ExecuteAsync(
            "create table odd (id tinyint(1) primary key, amount decimal(40, 20), day date, moment datetime, span time, gone datetime not null default '0000-00-00 00:00:00')");
        await world.ExecuteAsync(
            "set sql_mode = 'allow_invalid_dates'; insert into odd (id, amount, day, moment, span, gone) values "
            + "(0, 12345678901234567890.12345678901234567891, '2026-00-00', '2026-02-31 12:00:00', '-838:59:59', 0), (1, 1, '2026-01-01', null, null, 0), (2, 2, null, null, null, '2026-01-01')");
        world.Table = new SqlTable("odd", "notes/{id}", "{amount} {day} {moment} {span}") { Metadata = ["id", "amount", "day"], Deleted = "gone" };

        (await SyncAsync(world, world.Source())).Documents.Failed.ShouldBe(0);

        await ShouldHoldAsync(
            world,
            [("0", "12345678901234567890.12345678901234567891 2026-00-00 2026-02-31T12:00:00 -838:59:59"), ("1", "1.00000000000000000000 2026-01-01  ")]);
    }

    /// <summary>As numbers of a key are compared: a page ends between two that are the same for 53 bits.</summary>
    [Fact]
    public async Task A_key_of_long_numbers_loses_no_row()
    {
        await using var world = await WorldAsync();
        await world.ExecuteAsync("create table long_ones (id decimal(40, 10) primary key, body text)");
        world.Table = new SqlTable("long_ones", "notes/{id}", "{body}");
        world.PageSize = 7;
        string[] ids = [.. Enumerable.Range(0, 50).Select(i => $"12345678901234567890.{i:0000000000}")];
        foreach (var id in ids)
        {
            await world.ExecuteAsync($"insert into long_ones values ({id}, 'text')");
        }

        (await SyncAsync(world, world.Source())).Documents.Added.ShouldBe(50);

        await ShouldHoldAsync(world, [.. ids.Select(id => (id, "text"))]);
    }

    private async Task<SqlWorld> WorldAsync() => (SqlWorld)await MakeAsync();

    private static async Task ExecuteAsync(MySqlConnectionStringBuilder server, string sql)
    {
        await using var connection = new MySqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
