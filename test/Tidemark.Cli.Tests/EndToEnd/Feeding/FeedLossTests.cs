using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Feeding;

/// <summary>A database that removed its log before the feed had read it, as <c>max_slot_wal_keep_size</c> bids: it is told, and nothing stays lost.</summary>
public sealed class FeedLossTests
{
    private const string Product = "create table product (id int primary key, name text); create table noise (text text); insert into product select g, 'row ' || g from generate_series(1, 300) g;";

    private const string Tables = """{ "product": { "id": "p/{id}", "text": "{name}" } }""";

    private const string Wanted = "select 'p/' || id, name from product";

    [Fact]
    public async Task Both_statuses_say_it_and_whoever_carries_it_on_reads_everything_again()
    {
        await using var server = await PostgresInstance.StartAsync();
        await using var work = await CreateAsync(server);
        await work.FollowAsync();
        (await work.Files.RunAsync("status", "--check", "--json")).ShouldExit(0);

        await work.ExecuteAsync("update product set name = 'unseen' where id = 7; delete from product where id = 8; insert into product values (9999, 'unseen')");
        await LoseAsync(work);

        var status = (await work.Files.RunAsync("feed", "status", "--json")).ShouldExit(0).Json[0]!;
        ((string?)status["state"], (string?)status["slot"]).ShouldBe(("lost", work.Slot));
        (await work.Files.RunAsync("feed", "status")).ShouldExit(0).Output.ShouldContain("gone from the database's log");
        var check = await work.Files.RunAsync("status", "--check", "--json");
        check.ExitCode.ShouldBe(4);
        check.Json["alerts"]!.AsArray().Select(alert => (string)alert!["message"]!).ShouldContain(message => message.StartsWith($"the slot '{work.Slot}' of the feed 'shop' is lost"));
        var again = (await work.Files.RunAsync("feed", "--until-caught-up")).ShouldExit(0);
        again.Errors.ShouldContain("everything is read again and compared");
        again.Errors.ShouldContain("max_slot_wal_keep_size");
        (await work.Files.RunAsync("worker", "--until-empty")).ShouldExit(0);
        await work.ShouldBeInStepAsync(Wanted);
        (await work.Files.RunAsync("status", "--check", "--json")).ShouldExit(0);
        ((int)(await work.FollowAsync())["rows"]!).ShouldBe(0);
    }

    [Fact]
    public async Task A_feed_that_stood_still_meanwhile_heals_it_by_itself()
    {
        await using var server = await PostgresInstance.StartAsync();
        await using var work = await CreateAsync(server);
        await work.FollowAsync();
        using var feed = work.Files.Start("feed");
        await Awaiting.FactAsync("it reads the slot", async () =>
            await work.ScalarAsync<bool>($"select active from pg_replication_slots where slot_name = '{work.Slot}'"));
        feed.Signal("-STOP");

        await work.ExecuteAsync("update product set name = 'unseen' where id = 7; delete from product where id = 8");
        await LoseAsync(work);
        feed.Signal("-CONT");

        await Awaiting.FactAsync("it is told", () => feed.ErrorsSoFar.Contains("everything is read again and compared", StringComparison.Ordinal));
        await Awaiting.FactAsync("everything was read again", async () =>
            (await work.Files.RunAsync("feed", "status", "--json")).ShouldExit(0).Json[0]! is var status
            && (string?)status["state"] == "streaming" && (double)status["snapshotShare"]! == 1);
        feed.Signal("-TERM");
        (await feed.ExitAsync()).ShouldExit(0);
        await work.FollowAsync();
        await work.ShouldBeInStepAsync(Wanted);
    }

    private static async Task<FeedWorkspace> CreateAsync(PostgresInstance server)
    {
        var work = await FeedWorkspace.CreateAsync(Product, Tables, server: new Uri(server.Url));
        await FailoverPair.ExecuteAsync(new Uri(server.Url), "alter system set max_slot_wal_keep_size = '1MB'", "select pg_reload_conf()");
        return work;
    }

    private static Task LoseAsync(FeedWorkspace work) => Awaiting.FactAsync("the server has removed the log", async () =>
    {
        for (var i = 0; i < 4; i++)
        {
            await work.ExecuteAsync("insert into noise values ('more')");
            await work.ExecuteAsync("select pg_switch_wal()");
        }

        await work.ExecuteAsync("checkpoint");
        return await work.ScalarAsync<string>($"select wal_status from pg_replication_slots where slot_name = '{work.Slot}'") == "lost";
    });
}
