using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Feeding;

/// <summary>What changes in a table reaches the index, whatever the change is.</summary>
public sealed class FeedTests
{
    private const string Product = """
        create table product (id bigint primary key, name text not null, about text, price numeric, tags text[], seen boolean, at timestamptz);
        alter table product alter about set storage external;
        insert into product select g, 'name ' || g, 'about ' || g, g * 1.50, array['a', 'b ' || g], g % 2 = 0, timestamptz '2026-01-02 03:04:05.6+02'
        from generate_series(1, 300) g;
        """;

    private const string Tables =
        """{ "public.product": { "id": "products/{id}", "text": "{name}: {about}", "metadata": ["price", "tags", "seen", "at"] } }""";

    private const string Wanted = "select 'products/' || id, name || ': ' || coalesce(about, '') from product";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_that_were_there_and_every_change_of_them_reach_the_index(bool inTheSameDatabase)
    {
        await using var work = await FeedWorkspace.CreateAsync(Product, Tables, inTheSameDatabase);

        var first = await work.FollowAsync();
        ((int)first["rows"]!).ShouldBe(300);
        await work.ShouldBeInStepAsync(Wanted);
        var metadata = (await work.Files.RunAsync("show", "products/2", "--json")).ShouldExit(0).Json["metadata"]!;
        metadata.ToJsonString().ShouldBe("""{"at":"2026-01-02T01:04:05.6Z","price":3.00,"seen":true,"tags":["a","b 2"]}""");

        await work.ExecuteAsync("""
            insert into product(id, name) values (1001, 'new'), (1002, 'gone at once');
            update product set name = 'edited' where id = 1;
            update product set id = 2000, name = 'moved' where id = 2;
            delete from product where id in (3, 1002);
            begin; insert into product(id, name) values (1003, 'taken back'); rollback;
            begin; update product set name = 'once' where id = 4; update product set name = 'twice' where id = 4; commit;
            """);
        var second = await work.FollowAsync();

        (((int)second["rows"]!), (int)second["changes"]! > 0).ShouldBe((0, true));
        await work.ShouldBeInStepAsync(Wanted);
        ((int)(await work.FollowAsync())["changes"]!).ShouldBe(0);
        (await work.Files.RunAsync("queue", "status", "--json")).Json["dead"]!.ToJsonString().ShouldBe("0");
    }

    [Theory]
    [InlineData("default")]
    [InlineData("full")]
    public async Task A_large_value_that_did_not_change_stays_what_it_is(string identity)
    {
        await using var work = await FeedWorkspace.CreateAsync(
            Product + $"alter table product replica identity {identity}; update product set about = (select string_agg(md5(g::text), ' ') from generate_series(1, 200) g) where id <= 20;",
            Tables);
        await work.FollowAsync();

        await work.ExecuteAsync("""
            update product set name = 'renamed ' || id where id <= 10;
            update product set id = id + 5000 where id between 11 and 13;
            begin; update product set name = 'then deleted' where id = 14; delete from product where id = 14; commit;
            update product set about = null where id = 15;
            """);
        await work.FollowAsync();

        await work.ShouldBeInStepAsync(Wanted);
    }

    [Fact]
    public async Task A_table_that_is_emptied_goes_through_the_guard()
    {
        await using var work = await FeedWorkspace.CreateAsync(Product, Tables);
        await work.FollowAsync();

        await work.ExecuteAsync("truncate product; insert into product(id, name) values (1, 'again')");
        var held = await work.FollowAsync(exit: 5);

        ((int)held["held"]!).ShouldBe(299);
        (await work.IndexedAsync()).Count.ShouldBe(300);
        (await work.Files.RunAsync("status", "--json")).Json["alerts"]!.ToJsonString().ShouldContain("feed.trouble");
        (await work.Files.RunAsync("feed", "repair", "--allow-delete", "--json")).ShouldExit(0);
        (await work.Files.RunAsync("worker", "--until-empty")).ShouldExit(0);
        await work.ShouldBeInStepAsync(Wanted);
    }

    [Fact]
    public async Task One_that_does_not_go_on_says_why_and_what_is_held_is_counted_at_most()
    {
        await using var work = await FeedWorkspace.CreateAsync(Product, Tables);
        await work.FollowAsync();
        await work.ExecuteAsync("truncate product");
        await work.FollowAsync(exit: 5);
        (await work.Files.RunAsync("feed", "status")).Output.ShouldContain("300 deletions held back at most");
        await work.ExecuteAsync("alter table product drop column about");
        (await work.Files.RunAsync("feed", "--until-caught-up")).ExitCode.ShouldNotBe(0);

        var status = (await work.Files.RunAsync("feed", "status", "--json")).ShouldExit(0).Json[0]!;

        ((string)status["state"]!, ((string)status["trouble"]!).Contains("about", StringComparison.Ordinal)).ShouldBe(("trouble", true));
        (await work.Files.RunAsync("feed", "status")).Output.ShouldContain("it does not go on: ");
    }

    [Fact]
    public async Task A_table_that_is_loaded_anew_in_one_transaction_loses_only_what_is_not_there_again()
    {
        await using var work = await FeedWorkspace.CreateAsync(Product, Tables);
        await work.FollowAsync();

        await work.ExecuteAsync("create table kept as select * from product where id > 5; begin; truncate product; insert into product select * from kept; commit");
        var report = await work.FollowAsync();

        (((int)report["reconciled"]!), (int)report["held"]!).ShouldBe((5, 0));
        await work.ShouldBeInStepAsync(Wanted);
    }

    [Fact]
    public async Task Partitions_are_one_source_and_what_comes_and_goes_with_them_is_noticed()
    {
        await using var work = await FeedWorkspace.CreateAsync(
            """
            create table event (id bigint, day date, name text, primary key (id, day)) partition by range (day);
            create table event_1 partition of event for values from ('2026-01-01') to ('2026-02-01');
            create table event_2 partition of event for values from ('2026-02-01') to ('2026-03-01');
            insert into event select g, date '2026-01-01' + g, 'event ' || g from generate_series(0, 57) g;
            """,
            """{ "event": { "id": "{id}-{day}", "text": "{name}" } }""");
        const string wanted = "select id || '-' || day, name from event";
        await work.FollowAsync();
        await work.ShouldBeInStepAsync(wanted);

        await work.ExecuteAsync("""
            update event set name = 'edited' where id = 1;
            update event set day = day + 31 where id = 2;
            create table event_3 (like event including all);
            insert into event_3 values (100, '2026-03-02', 'attached');
            alter table event attach partition event_3 for values from ('2026-03-01') to ('2026-04-01');
            """);
        await work.FollowAsync();
        await work.ShouldBeInStepAsync(wanted);

        await work.ExecuteAsync("alter table event detach partition event_3");
        await work.FollowAsync();
        await work.ShouldBeInStepAsync(wanted);
    }

    [Fact]
    public async Task A_transaction_larger_than_a_batch_comes_whole_also_where_it_changes_a_row_again_and_again()
    {
        await using var work = await FeedWorkspace.CreateAsync(Product, Tables);
        await work.FollowAsync();

        await work.ExecuteAsync("""
            begin;
            insert into product(id, name) select g, 'first' from generate_series(10001, 14000) g;
            update product set name = 'second ' || id where id > 10000;
            update product set name = 'third ' || id where id > 12000;
            delete from product where id > 13900;
            commit;
            """);
        var report = await work.FollowAsync();

        ((int)report["transactions"]!).ShouldBe(1);
        await work.ShouldBeInStepAsync(Wanted);
        (await work.Files.RunAsync("queue", "status", "--json")).Json["dead"]!.ToJsonString().ShouldBe("0");
    }

    [Fact]
    public async Task A_lost_slot_is_made_anew_and_nothing_stays_lost()
    {
        await using var work = await FeedWorkspace.CreateAsync(Product, Tables);
        await work.FollowAsync();

        await work.ExecuteAsync($"""
            select pg_drop_replication_slot('{work.Slot}');
            update product set name = 'unseen' where id = 7;
            delete from product where id = 8;
            insert into product(id, name) values (9999, 'unseen');
            """);
        var report = await work.FollowAsync();

        (((int)report["rows"]!), (int)report["reconciled"]!).ShouldBe((300, 1));
        await work.ShouldBeInStepAsync(Wanted);

        // One of the same name that somebody else has made is no better: it begins behind what it never saw.
        await work.ExecuteAsync($"select pg_drop_replication_slot('{work.Slot}')");
        await work.ExecuteAsync("delete from product where id = 9");
        await work.ExecuteAsync($"select pg_create_logical_replication_slot('{work.Slot}', 'pgoutput')");
        await work.FollowAsync();
        await work.ShouldBeInStepAsync(Wanted);
    }

    [Fact]
    public async Task A_log_that_says_nothing_of_ours_is_not_kept()
    {
        await using var work = await FeedWorkspace.CreateAsync(Product + "create table noise (text text);", Tables);
        await work.FollowAsync();
        using var feed = work.Files.Start("feed", "--quiet");

        for (var i = 0; i < 4; i++)
        {
            await work.ExecuteAsync("insert into noise select string_agg(md5(random()::text), '') from generate_series(1, 2000) g, generate_series(1, 300) h group by h");
        }

        await Awaiting.FactAsync("the slot is near the end of the log", async () =>
        {
            await work.ExecuteAsync("insert into noise values ('more'); checkpoint");
            return await work.ScalarAsync<long>(
                $"select pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)::bigint from pg_replication_slots where slot_name = '{work.Slot}'") < 16_000_000;
        });
        (await work.ScalarAsync<bool>($"select failover from pg_replication_slots where slot_name = '{work.Slot}'")).ShouldBeTrue();
        await Awaiting.FactAsync("the feed is streaming", async () => (string?)(await StatusAsync(work))["state"] == "streaming");
        feed.Signal("-TERM");
        (await feed.ExitAsync()).ShouldExit(0);
    }

    [Fact]
    public async Task A_namespace_that_was_dropped_is_filled_again()
    {
        await using var work = await FeedWorkspace.CreateAsync(Product, Tables);
        await work.FollowAsync();

        (await work.Files.RunAsync("namespace", "drop", "default")).ShouldExit(0);
        ((int)(await work.FollowAsync())["rows"]!).ShouldBe(300);

        await work.ShouldBeInStepAsync(Wanted);
    }

    [Fact]
    public async Task Other_settings_of_a_table_read_it_anew()
    {
        await using var work = await FeedWorkspace.CreateAsync(Product, Tables);
        await work.FollowAsync();

        await work.ExecuteAsync("alter table product add column brand text default 'none'; create table note (id int primary key, name text, about text); insert into note values (1, 'a', 'note')");
        work.Configure("""
            { "public.product": { "id": "products/{id}", "text": "{name}: {about} ({brand})", "metadata": [] },
              "note": { "id": "notes/{id}", "text": "{name}: {about}" } }
            """);
        await work.FollowAsync();

        await work.ShouldBeInStepAsync(
            "select 'products/' || id, name || ': ' || about || ' (' || brand || ')' from product union all select 'notes/' || id, name || ': ' || about from note");
    }

    private static async Task<JsonNode> StatusAsync(FeedWorkspace work) =>
        (await work.Files.RunAsync("feed", "status", "--json")).ShouldExit(0).Json.AsArray().ShouldHaveSingleItem()!;
}
