using System.Globalization;
using Npgsql;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Feeding;

/// <summary>
/// Killed at any instant while tables are read, while the log is followed and while it catches up: nothing is missing, nothing is left over, nothing
/// is wrong. <c>TIDEMARK_KILLS</c> sets how often. <c>FeedOrderTests</c> has the control that loses something.
/// </summary>
public sealed class FeedKillTests
{
    private const int Rows = 4000;

    private static readonly int Kills = TestNumber.Of("TIDEMARK_KILLS", 8);

    private static readonly int Seed = TestNumber.Of("TIDEMARK_SEED", Environment.ProcessId);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_at_any_instant_nothing_is_missing_left_over_or_wrong(bool inTheSameDatabase)
    {
        await using var work = await FeedWorkspace.CreateAsync(
            $"""
            create table product (id bigint primary key, name text not null, rev int not null, pad text, about text);
            alter table product alter pad set storage plain, alter about set storage external;
            insert into product select g, 'name ' || g, 0, repeat('x', 1500), repeat(md5(g::text), 100) from generate_series(1, {Rows}) g;
            """,
            """{ "product": { "id": "p/{id}", "text": "{name} {rev} {about}" } }""",
            inTheSameDatabase);
        var random = new Random(Seed);
        await using var writer = await work.ConnectAsync(work.Database);
        var killedWhileReading = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            // Every third reads all tables again: a first reading alone would be over before most kills.
            using var feed = kill % 3 == 1
                ? work.Files.Start("feed", "repair", "--allow-delete", "--quiet")
                : work.Files.Start("feed", "--quiet");
            var instant = TimeSpan.FromMilliseconds(200 + (random.NextDouble() * 1300));
            using var passed = new CancellationTokenSource(instant);
            while (!passed.IsCancellationRequested)
            {
                await WriteAsync(writer, random, kill);
                await Task.Delay(random.Next(20), CancellationToken.None);
            }

            feed.Kill();
            killedWhileReading += await ShareAsync(work) < 1 ? 1 : 0;
            if (kill % 4 == 3)
            {
                (await work.Files.RunAsync("worker", "--until-empty")).ShouldExit(0);
            }
        }

        // What comes now comes from the log alone: the tables have been read.
        await work.FollowAsync();
        for (var i = 0; i < 40; i++)
        {
            await WriteAsync(writer, random, round: 1000);
        }

        var last = await work.FollowAsync();

        ((long)last["rows"]!, (long)last["changes"]! > 0).ShouldBe((0, true), "the log has brought something, and nothing hides that it has");
        killedWhileReading.ShouldBeGreaterThan(0, $"seed {Seed}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{Kills} kills, {killedWhileReading} of them while tables were read, seed {Seed}");
        await work.ShouldBeInStepAsync("select 'p/' || id, name || ' ' || rev || ' ' || coalesce(about, '') from product");
        (await work.Files.RunAsync("queue", "status", "--json")).Json["dead"]!.ToJsonString().ShouldBe("0", $"seed {Seed}");
        await work.Files.VerifyCleanAsync();
    }

    private static async Task<double> ShareAsync(FeedWorkspace work)
    {
        var status = await work.Files.RunAsync("feed", "status", "--json");
        return status.ExitCode == 0 ? (double)status.Json[0]!["snapshotShare"]! : 0;
    }

    private static async Task WriteAsync(NpgsqlConnection writer, Random random, int round)
    {
        var id = random.Next(1, Rows + 500);
        var rows = random.Next(1, 30);
        var sql = random.Next(8) switch
        {
            0 => string.Create(CultureInfo.InvariantCulture, $"delete from product where id between {id} and {id + rows}"),
            1 => string.Create(CultureInfo.InvariantCulture, $"update product set id = id + 100000 where id between {id} and {id + rows} and not exists (select 1 from product o where o.id = product.id + 100000)"),
            2 => string.Create(CultureInfo.InvariantCulture, $"update product set about = repeat(md5('{round}' || id), 100) where id between {id} and {id + rows}"),
            3 or 4 => string.Create(CultureInfo.InvariantCulture, $"insert into product select g, 'again ' || g, {round}, repeat('y', 1500), repeat(md5(g::text), 90) from generate_series({id}, {id + rows}) g on conflict do nothing"),
            5 => string.Create(CultureInfo.InvariantCulture, $"begin; update product set rev = rev + 1 where id % 7 = {id % 7}; update product set rev = rev + 1 where id % 70 = {id % 7}; commit"),
            6 => string.Create(CultureInfo.InvariantCulture, $"begin; delete from product where id = {id}; insert into product values ({id}, 'reborn', {round}, '', 'short'); rollback"),
            _ => string.Create(CultureInfo.InvariantCulture, $"update product set rev = rev + 1, name = 'renamed ' || id where id between {id} and {id + rows}"),
        };
        await using var command = new NpgsqlCommand(sql, writer);
        await command.ExecuteNonQueryAsync();
    }
}
