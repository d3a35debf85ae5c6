using System.Text;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Feeding;

/// <summary>What a table or a server lacks is told before anything is made, with the remedy; and who is in the way is named.</summary>
public sealed class FeedSetupTests
{
    private const string Product = "create table product (id int primary key, name text); insert into product values (1, 'one');";

    private const string Tables = """{ "product": { "id": "{id}", "text": "{name}" } }""";

    [Theory]
    [InlineData("create table product (id int, name text)", Tables, "several rows may share", "primary key")]
    [InlineData("create table product (id int not null unique, name text)", Tables, "no replica identity", "replica identity using index")]
    [InlineData("create table product (id int primary key, name text); alter table product replica identity nothing", Tables, "no replica identity", "replica identity full")]
    [InlineData("create table product (id int primary key, sku text not null unique, name text)", """{ "product": { "id": "{sku}", "text": "{name}" } }""", "'sku', which a deletion does not carry", "{id}")]
    [InlineData("create table product (id int primary key, name text, upper text generated always as (upper(name)) stored)", """{ "product": { "id": "{id}", "text": "{upper}" } }""", "'upper' of 'product' is generated", "columns that it is made of")]
    [InlineData("create table product (id int primary key, name text)", """{ "product": { "id": "{id}", "text": "{titel}" } }""", "no column 'titel'", "id, name")]
    [InlineData("create table product (id int primary key, name text)", """{ "prodct": { "id": "{id}", "text": "{name}" } }""", "no table 'prodct'", "with its schema")]
    [InlineData("create table product (id int primary key, name text)", """{ "product": { "id": "a/{id}", "text": "{name}" }, "public.product": { "id": "b/{id}", "text": "{name}" } }""", "are one table", "name it once")]
    [InlineData("create table product (id int primary key, name text); create table part (id int primary key, name text)", """{ "product": { "id": "p{id}", "text": "{name}" }, "part": { "id": "part/{id}", "text": "{name}" } }""", "the same id", "something of its own")]
    [InlineData("create table t (id int primary key, name text); create view product as select * from t", Tables, "is no table", "tables that it is made of")]
    public async Task A_table_that_cannot_be_fed_is_refused_before_anything_is_made(string sql, string tables, string message, string remedy)
    {
        await using var work = await FeedWorkspace.CreateAsync(sql, tables);

        var error = (await work.Files.RunAsync("feed", "--until-caught-up", "--json")).ShouldFail(1, "feed.setup");

        ((string?)error["message"])!.ShouldContain(message);
        ((string?)error["remedy"])!.ShouldContain(remedy);
        (await work.ScalarAsync<long>("select count(*) from pg_publication")).ShouldBe(0);
        (await work.ScalarAsync<long>($"select count(*) from pg_replication_slots where slot_name = '{work.Slot}'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("alter publication \"{0}\" drop table product")]
    [InlineData("alter publication \"{0}\" set (publish = 'insert')")]
    [InlineData("drop publication \"{0}\"")]
    public async Task What_was_not_published_for_a_while_is_read_again_and_compared(string statement)
    {
        await using var work = await FeedWorkspace.CreateAsync(Product + "insert into product values (2, 'two'), (3, 'three');", Tables);
        await work.FollowAsync();
        await work.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, work.Slot));

        await work.ExecuteAsync("update product set name = 'other' where id = 1; delete from product where id = 2; insert into product values (4, 'four')");
        await work.FollowAsync();

        await work.ShouldBeInStepAsync("select id::text, name from product");
    }

    [Fact]
    public async Task Full_identity_carries_any_column_that_is_unique()
    {
        await using var work = await FeedWorkspace.CreateAsync(
            "create table product (id int primary key, sku text not null unique, name text); alter table product replica identity full; insert into product values (1, 'a', 'one'), (2, 'b', 'two')",
            """{ "product": { "id": "{sku}", "text": "{name}" } }""");
        await work.FollowAsync();

        await work.ExecuteAsync("delete from product where id = 1; update product set sku = 'c' where id = 2");
        await work.FollowAsync();

        await work.ShouldBeInStepAsync("select sku, name from product");
    }

    [Fact]
    public async Task Another_reader_of_the_slot_is_named_and_waited_for_only_so_long()
    {
        await using var work = await FeedWorkspace.CreateAsync(Product, Tables);
        await work.FollowAsync();
        using var feed = work.Files.Start("feed", "--quiet");
        await Awaiting.FactAsync("the slot is read", async () =>
            await work.ScalarAsync<bool>($"select active from pg_replication_slots where slot_name = '{work.Slot}'"));

        var busy = (await work.Files.RunAsync("feed", "--until-caught-up", "--wait", "1", "--json")).ShouldFail(6, "feed.busy");

        ((string?)busy["message"])!.ShouldContain("tidemark feed shop");
        await work.ExecuteAsync("insert into product values (2, 'two')");
        await Awaiting.FactAsync("the first one goes on", async () =>
            (int)(await work.Files.RunAsync("queue", "status", "--json")).Json["pending"]! == 1);
        feed.Signal("-TERM");
        (await feed.ExitAsync()).ShouldExit(0);
    }

    [Fact]
    public async Task An_open_transaction_that_keeps_the_slot_from_being_made_is_named()
    {
        await using var work = await FeedWorkspace.CreateAsync(Product, Tables);
        await using var writer = await work.ConnectAsync(work.Database);
        await using var transaction = await writer.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var write = new Npgsql.NpgsqlCommand("insert into product values (2, 'two')", writer, transaction))
        {
            await write.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        // The oldest is named, and other databases of the server have some of their own.
        await Awaiting.FactAsync("it is named", async () =>
            ((string?)(await work.Files.RunAsync("feed", "--until-caught-up", "--wait", "1", "--json")).ShouldFail(6, "feed.busy")["message"])!
                .Contains($"process {writer.ProcessID}", StringComparison.Ordinal));

        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        await work.FollowAsync();
        await work.ShouldBeInStepAsync("select id::text, name from product");
    }

    [Fact]
    public async Task A_slot_that_this_store_knows_nothing_of_is_left_alone()
    {
        await using var work = await FeedWorkspace.CreateAsync(Product, Tables);
        await work.ExecuteAsync($"select pg_create_logical_replication_slot('{work.Slot}', 'pgoutput')");

        var refused = (await work.Files.RunAsync("feed", "--until-caught-up", "--json")).ShouldFail(1, "feed.setup");

        ((string?)refused["message"])!.ShouldContain("another index's");
        ((string?)refused["remedy"])!.ShouldContain("'slot'");
        (await work.ScalarAsync<long>("select count(*) from pg_publication")).ShouldBe(0);
    }

    [Fact]
    public async Task So_is_one_that_a_feed_is_to_change_over_to_or_that_another_server_has()
    {
        await using var work = await FeedWorkspace.CreateAsync(Product, Tables);
        await work.FollowAsync();
        var other = work.Slot + "_b";
        await work.ExecuteAsync($"select pg_create_logical_replication_slot('{other}', 'pgoutput')");
        work.Configure(Tables, other);

        var refused = (await work.Files.RunAsync("feed", "repair", "--json")).ShouldFail(1, "feed.setup");

        ((string?)refused["message"])!.ShouldContain($"'{other}'");
        (await work.ScalarAsync<long>($"select count(*) from pg_replication_slots where slot_name in ('{work.Slot}', '{other}')")).ShouldBe(2);
        await work.ExecuteAsync($"select pg_drop_replication_slot('{other}')");
        await work.FollowAsync();
        (await work.ScalarAsync<string>($"select string_agg(slot_name, ', ') from pg_replication_slots where slot_name like '{work.Slot}%'")).ShouldBe(other);
    }

    [Fact]
    public async Task Limits_of_time_that_the_role_begins_with_do_no_harm()
    {
        await using var work = await FeedWorkspace.CreateAsync(Product, Tables);
        await work.ExecuteAsync(
            $"alter database {work.Database} set transaction_timeout = '20ms'; alter database {work.Database} set idle_session_timeout = '20ms'; "
            + $"alter database {work.Database} set statement_timeout = '1ms'");

        (await work.Files.RunAsync("feed", "--until-caught-up", "--json")).ShouldExit(0);
    }

    [Fact]
    public async Task The_password_is_in_no_output_and_not_in_the_store()
    {
        await using var work = await FeedWorkspace.CreateAsync(Product, Tables);
        const string secret = "hush-4711-hush";
        work.Files.Environment["SHOP"] = work.Url.Replace("@", $":{secret}@", StringComparison.Ordinal);

        var outputs = new[]
        {
            await work.Files.RunAsync("feed", "--until-caught-up", "--verbose"),
            await work.Files.RunAsync("feed", "status", "--json"),
            await work.Files.RunAsync("status", "--json"),
        };
        await work.ExecuteAsync("drop table product cascade");
        var failed = await work.Files.RunAsync("feed", "--until-caught-up", "--verbose");
        work.Files.Environment["SHOP"] = $"postgres://nobody:{secret}@127.0.0.1:1/nowhere";
        var unreachable = await work.Files.RunAsync("feed", "--until-caught-up", "--json", "--verbose");

        unreachable.ShouldFail(1, "feed.unreachable");
        foreach (var output in outputs.Append(failed).Append(unreachable))
        {
            (output.Output + output.Errors).ShouldNotContain(secret);
        }

        foreach (var file in Directory.GetFiles(work.Files.PathOf(".tidemark")))
        {
            Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task Who_may_read_but_not_publish_is_told_what_the_owner_has_to_run()
    {
        await using var work = await FeedWorkspace.CreateAsync(Product, Tables);
        var role = "r_" + work.Database;
        await work.ExecuteAsync($"create role {role} login replication password 'x'; grant select on product to {role}; grant usage on schema public to {role}");
        try
        {
            work.Files.Environment["SHOP"] = work.Url.Replace("postgres@", $"{role}:x@", StringComparison.Ordinal);
            var refused = (await work.Files.RunAsync("feed", "--until-caught-up", "--json")).ShouldFail(1, "feed.setup");
            ((string?)refused["remedy"])!.ShouldContain($"create publication \"{work.Slot}\" for table public.product");

            await work.ExecuteAsync($"create publication \"{work.Slot}\" for table public.product with (publish_via_partition_root = true)");
            await work.FollowAsync();
            await work.ShouldBeInStepAsync("select id::text, name from product");

            await work.ExecuteAsync("alter table product enable row level security");
            var hidden = (await work.Files.RunAsync("feed", "--until-caught-up", "--json")).ShouldFail(1, "feed.setup");
            ((string?)hidden["remedy"])!.ShouldContain("bypassrls");
        }
        finally
        {
            await work.ExecuteAsync($"drop owned by {role}; drop role {role}");
        }
    }
}
