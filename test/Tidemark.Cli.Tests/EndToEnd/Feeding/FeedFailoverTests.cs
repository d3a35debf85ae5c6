using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Feeding;

/// <summary>A primary server that is killed while it is written to, and a standby that takes its place: what the one had told and the other has.</summary>
public sealed class FeedFailoverTests
{
    private const int Rows = 2000;

    private const string Product = "create table product (id bigint primary key, name text not null, rev int not null default 0);";

    private const string Tables = """{ "product": { "id": "p/{id}", "text": "{name} {rev}" } }""";

    private const string Wanted = "select 'p/' || id, name || ' ' || rev from product";

    private static readonly int Seed = TestNumber.Of("TIDEMARK_SEED", Environment.ProcessId);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_its_slot_on_the_standby_a_feed_goes_on_and_nothing_is_missing_left_over_wrong_or_read_again(bool namesBoth)
    {
        await using var pair = await FailoverPair.StartAsync();
        await FailoverPair.ExecuteAsync(pair.Primary, "alter system set synchronized_standby_slots = 'standby'", "select pg_reload_conf()");
        await using var work = await CreateAsync(pair);
        var both = $"postgres://postgres@{pair.Primary.Authority.Split('@')[^1]},{pair.Standby.Authority.Split('@')[^1]}/{work.Database}?target_session_attrs=read-write";
        work.Files.Environment["SHOP"] = namesBoth ? both : work.Url;
        ((int)(await work.FollowAsync())["rows"]!).ShouldBe(Rows);
        await SynchronisedAsync(pair, work);
        var random = new Random(Seed);
        var feed = work.Files.Start("feed");
        await using (var writer = await work.ConnectAsync(work.Database))
        {
            while (await PendingAsync(work) < 50)
            {
                await WriteAsync(writer, random, round: 1);
            }

            // It is killed between two statements, and in the middle of what they led to.
            var killed = pair.KillPrimaryAsync();
            await WriteUntilItFailsAsync(writer, random);
            await killed;
        }

        await Awaiting.FactAsync("it is told", () => feed.ErrorsSoFar.Contains("feed.unreachable", StringComparison.Ordinal));
        await pair.PromoteAsync();
        work.MoveTo(pair.Standby);
        if (!namesBoth)
        {
            feed.Kill();
            work.Files.Environment["SHOP"] = work.Url;
            feed.Dispose();
            feed = work.Files.Start("feed");
        }

        await using (var writer = await work.ConnectAsync(work.Database))
        {
            for (var i = 0; i < 100; i++)
            {
                await WriteAsync(writer, random, round: 2);
            }
        }

        await work.ExecuteAsync("insert into product values (5000000, 'the last one')");
        await Awaiting.FactAsync("the promoted one is followed", async () => (await work.Files.RunAsync("queue", "status", "--json")).Json["pending"] is { } && await IsPastAsync(work));
        feed.Signal("-TERM");
        (await feed.ExitAsync()).ShouldExit(0);
        feed.ErrorsSoFar.ShouldNotContain("everything is read again and compared");
        feed.Dispose();
        ((int)(await work.FollowAsync())["rows"]!).ShouldBe(0, $"no table was read again, seed {Seed}");
        await work.ShouldBeInStepAsync(Wanted);
        (await work.IndexedAsync()).ShouldContainKey("p/5000000");
        await work.Files.VerifyCleanAsync();
    }

    [Fact]
    public async Task Without_its_slot_on_the_standby_it_is_told_and_everything_is_read_again_and_compared()
    {
        await using var pair = await FailoverPair.StartAsync();
        await FailoverPair.ExecuteAsync(pair.Standby, "alter system set sync_replication_slots = off", "select pg_reload_conf()");
        await using var work = await CreateAsync(pair);
        await work.FollowAsync();
        await work.ExecuteAsync("update product set name = 'before' where id <= 50; delete from product where id between 60 and 69");
        await CaughtUpAsync(pair);

        await pair.KillPrimaryAsync();
        await pair.PromoteAsync();
        work.MoveTo(pair.Standby);
        work.Files.Environment["SHOP"] = work.Url;
        await work.ExecuteAsync("update product set name = 'after' where id between 40 and 45; delete from product where id between 70 and 79; insert into product values (5000, 'new')");
        ((string?)(await work.Files.RunAsync("feed", "status", "--json")).ShouldExit(0).Json[0]!["state"]).ShouldBe("lost");
        var alert = await work.Files.RunAsync("status", "--check", "--json");
        alert.ExitCode.ShouldBe(4);
        alert.Json["alerts"]!.ToJsonString().ShouldContain("feed.trouble");

        var told = (await work.Files.RunAsync("feed", "--until-caught-up")).ShouldExit(0);
        told.Errors.ShouldContain("everything is read again and compared");
        told.Errors.ShouldContain($"the slot '{work.Slot}' is gone");
        (await work.Files.RunAsync("worker", "--until-empty")).ShouldExit(0);

        await work.ShouldBeInStepAsync(Wanted);
        (await work.Files.RunAsync("status", "--check", "--json")).ShouldExit(0);
        ((int)(await work.FollowAsync())["rows"]!).ShouldBe(0);
    }

    /// <summary>Its log is longer by now than what was read, and not the same: places in it say nothing any more.</summary>
    [Fact]
    public async Task One_that_was_promoted_without_what_the_feed_had_read_is_never_taken_for_the_same()
    {
        await using var pair = await FailoverPair.StartAsync();
        await using var work = await CreateAsync(pair);
        await work.FollowAsync();
        await SynchronisedAsync(pair, work);
        await FailoverPair.ExecuteAsync(pair.Standby, "alter system set primary_conninfo = ''", "select pg_reload_conf()");
        await Awaiting.FactAsync("the standby receives nothing", () => FailoverPair.IsSoAsync(pair.Standby, "select not exists (select from pg_stat_wal_receiver)"));
        await work.ExecuteAsync("insert into product select g, 'never copied' from generate_series(900001, 900020) g; update product set name = 'never copied' where id <= 20");
        await work.FollowAsync();
        var read = (string)(await work.Files.RunAsync("feed", "status", "--json")).ShouldExit(0).Json[0]!["position"]!;

        await pair.KillPrimaryAsync();
        await pair.PromoteAsync();
        work.MoveTo(pair.Standby);
        work.Files.Environment["SHOP"] = work.Url;
        await work.ExecuteAsync("update product set name = 'after' where id between 100 and 120");
        await work.ExecuteAsync("create table noise as select g, repeat('x', 1000) from generate_series(1, 20000) g");
        (await work.ScalarAsync<bool>($"select pg_current_wal_lsn() > '{read}'::pg_lsn")).ShouldBeTrue("nothing shows by the length of the log");

        var refused = (await work.Files.RunAsync("feed", "--until-caught-up", "--json")).ShouldFail(1, "feed.lost");

        ((string?)refused["remedy"])!.ShouldContain("feed repair");
        (await work.Files.RunAsync("feed", "repair", "--allow-delete", "--json")).ShouldExit(0);
        (await work.Files.RunAsync("worker", "--until-empty")).ShouldExit(0);
        await work.ShouldBeInStepAsync(Wanted);
    }

    private static Task<FeedWorkspace> CreateAsync(FailoverPair pair) => FeedWorkspace.CreateAsync(
        string.Create(CultureInfo.InvariantCulture, $"{Product} insert into product select g, 'row ' || g from generate_series(1, {Rows}) g;"), Tables, server: pair.Primary);

    /// <summary>A copy becomes one to go on with when the slot has moved on since it was begun.</summary>
    private static Task SynchronisedAsync(FailoverPair pair, FeedWorkspace work) => Awaiting.FactAsync("the standby has the slot", async () =>
    {
        await FailoverPair.ExecuteAsync(pair.Primary, "select pg_log_standby_snapshot()");
        await work.ExecuteAsync("insert into product values (6000000, 'moves on') on conflict (id) do update set rev = product.rev + 1");
        await work.FollowAsync();
        return await FailoverPair.IsSoAsync(
            pair.Standby, $"select exists (select from pg_replication_slots where slot_name = '{work.Slot}' and synced and not temporary)");
    });

    private static Task CaughtUpAsync(FailoverPair pair) => Awaiting.FactAsync("the standby has all of it", () =>
        FailoverPair.IsSoAsync(pair.Primary, "select replay_lsn >= pg_current_wal_lsn() from pg_stat_replication where application_name = 'walreceiver'"));

    private static async Task<long> PendingAsync(FeedWorkspace work) =>
        await work.Files.RunAsync("queue", "status", "--json") is { ExitCode: 0 } queue && queue.Json["pending"] is JsonNode pending ? (long)pending : 0;

    /// <summary>Everything that was committed on the promoted server by now is in the queue.</summary>
    private static async Task<bool> IsPastAsync(FeedWorkspace work)
    {
        var status = (await work.Files.RunAsync("feed", "status", "--json")).ShouldExit(0).Json[0]!;
        return (string?)status["state"] == "streaming"
            && await work.ScalarAsync<bool>($"select '{status["position"]}'::pg_lsn >= (select pg_current_wal_lsn() - 1000)");
    }

    private static async Task WriteUntilItFailsAsync(NpgsqlConnection writer, Random random)
    {
        try
        {
            while (true)
            {
                await WriteAsync(writer, random, round: 1);
            }
        }
        catch (NpgsqlException)
        {
            // The server is gone.
        }
    }

    private static async Task WriteAsync(NpgsqlConnection writer, Random random, int round)
    {
        var (id, rows) = (random.Next(1, Rows + 300), random.Next(1, 20));
        var sql = random.Next(4) switch
        {
            0 => string.Create(CultureInfo.InvariantCulture, $"delete from product where id between {id} and {id + (rows / 4)}"),
            1 => string.Create(CultureInfo.InvariantCulture, $"insert into product select g, 'again ' || g, {round} from generate_series({id}, {id + rows}) g on conflict do nothing"),
            2 => string.Create(CultureInfo.InvariantCulture, $"update product set id = id + 100000 where id between {id} and {id + 3} and not exists (select 1 from product o where o.id = product.id + 100000)"),
            _ => string.Create(CultureInfo.InvariantCulture, $"update product set rev = rev + 1, name = 'renamed ' || id where id between {id} and {id + rows}"),
        };
        await using var command = new NpgsqlCommand(sql, writer);
        await command.ExecuteNonQueryAsync();
    }
}
