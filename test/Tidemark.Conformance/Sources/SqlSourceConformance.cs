using Shouldly;
using Tidemark.Documents;
using Tidemark.Sources;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Conformance.Sources;

/// <summary>A database that is asked what changed, whatever kind it is of.</summary>
public abstract class SqlSourceConformance : SourceConformance
{
    [Fact]
    public async Task Only_what_was_written_since_is_read_and_what_is_marked_as_deleted_goes()
    {
        await using var world = await PolledAsync(300);
        await world.PutAsync(("d1", "changed"), ("d301", "new"));
        await world.ExecuteAsync($"update notes set deleted = {world.Ago(0)}, updated = {world.Ago(0)} where id in ({string.Join(", ", Enumerable.Range(100, 60).Select(n => $"'d{n}'"))})");

        var report = await SyncAsync(world, world.Source());

        (report.Documents.Updated, report.Documents.Added, report.Documents.Deleted, report.Outcome).ShouldBe((1, 1, 60, Tidemark.Records.RunOutcome.Succeeded));
        report.Documents.Seen.ShouldBe(63, "what stands further back is not read");
        await ShouldHoldAsync(world, [("d1", "changed"), .. Numbered(2, 98), .. Numbered(160, 141), ("d301", "new")]);
        (await SyncAsync(world, world.Source())).Chunks.Added.ShouldBe(0);
    }

    [Fact]
    public async Task Equal_time_stamps_over_many_pages_lose_nothing()
    {
        await using var world = await PolledAsync(1);
        world.PageSize = 7;
        await world.PutAsync(world.At("2026-11-30 12:00:00"), Numbered(1, 1));
        await world.PutAsync(Numbered(2, 100));
        await world.ExecuteAsync($"update notes set updated = {world.Ago(1)} where id <> 'd1'");

        (await SyncAsync(world, world.Source())).Documents.Added.ShouldBe(100);

        await ShouldHoldAsync(world, Numbered(1, 101));
    }

    [Fact]
    public async Task What_is_committed_late_is_found_within_the_overlap_and_else_when_everything_is_read()
    {
        await using var world = await PolledAsync(20);
        await world.PutAsync(("now", "is the mark"));
        await SyncAsync(world, world.Source());
        await world.PutAsync(world.Ago(20), ("late", "a little"));
        await world.PutAsync(world.Ago(2_000), ("later", "a lot"));

        (await SyncAsync(world, world.Source())).Documents.Added.ShouldBe(1);
        await ShouldHoldAsync(world, [.. Numbered(1, 20), ("now", "is the mark"), ("late", "a little")]);

        world.IsDue = true;
        (await SyncAsync(world, world.Source())).Documents.Added.ShouldBe(1);
        await ShouldHoldAsync(world, [.. Numbered(1, 20), ("now", "is the mark"), ("late", "a little"), ("later", "a lot")]);
    }

    [Fact]
    public async Task Rows_that_share_an_id_are_refused_and_nothing_is_merged()
    {
        await using var world = await PolledAsync(20);
        world.Table = world.Table with { Id = "notes/{body}" };
        await world.PutAsync(("d21", "number 7"));

        var refusal = await Should.ThrowAsync<TidemarkException>(() => SyncAsync(world, world.Source()));

        refusal.Code.ShouldBe(ErrorCodes.SourceUnreadable);
        refusal.Message.ShouldContain("several have body = 'number 7'");
        await ShouldHoldAsync(world, Numbered(1, 20));
    }

    [Fact]
    public async Task Keys_of_several_columns_that_make_one_id_are_refused_and_others_are_not()
    {
        await using var world = (SqlWorld)await MakeAsync();
        await world.ExecuteAsync("create table pairs (a varchar(40) not null, b varchar(40) not null, body text, primary key (a, b))");
        await world.ExecuteAsync("insert into pairs values ('x', 'y-z', 'one'), ('x', 'y', 'two')");
        world.Table = new SqlTable("pairs", "notes/{a}-{b}", "{body}");
        await SyncAsync(world, world.Source());
        await ShouldHoldAsync(world, [("x-y", "two"), ("x-y-z", "one")]);
        await world.ExecuteAsync("insert into pairs values ('x-y', 'z', 'three')");

        (await Should.ThrowAsync<TidemarkException>(() => SyncAsync(world, world.Source()))).Message.ShouldContain("several are 'notes/x-y-z'");

        await ShouldHoldAsync(world, [("x-y", "two"), ("x-y-z", "one")]);
    }

    [Fact]
    public async Task A_row_without_a_time_stamp_and_one_that_vanished_are_found_when_everything_is_read()
    {
        await using var world = await PolledAsync(20);
        await world.PutAsync("null", ("undated", "no time"));
        await world.RemoveAsync("d3");

        (await SyncAsync(world, world.Source())).Documents.Deleted.ShouldBe(0);
        await ShouldHoldAsync(world, Numbered(1, 20));

        world.IsDue = true;
        var whole = await SyncAsync(world, world.Source());
        (whole.Documents.Added, whole.Documents.Deleted).ShouldBe((1, 1));
        await ShouldHoldAsync(world, [.. Numbered(1, 2), .. Numbered(4, 17), ("undated", "no time")]);
    }

    [Fact]
    public async Task A_row_of_the_future_does_not_hide_what_is_written_now()
    {
        await using var world = await PolledAsync(5);
        await world.PutAsync(world.At("2037-01-01 00:00:00"), ("future", "far away"));
        await SyncAsync(world, world.Source());
        await world.PutAsync(("d6", "number 6"));

        (await SyncAsync(world, world.Source())).Documents.Added.ShouldBe(1);

        await ShouldHoldAsync(world, [.. Numbered(1, 6), ("future", "far away")]);
    }

    [Fact]
    public async Task When_the_database_s_clock_went_back_everything_is_read()
    {
        await using var world = await PolledAsync(5);
        await world.RemoveAsync("d2");
        world.Kept = world.Kept!.Replace("\"clock\":\"2", "\"clock\":\"3", StringComparison.Ordinal);

        (await SyncAsync(world, world.Source())).Documents.Deleted.ShouldBe(1);
        (await SyncAsync(world, world.Source())).Documents.Seen.ShouldBeLessThan(5, "its clock is as it was now");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(40)]
    public async Task A_reading_that_ends_anywhere_loses_nothing_and_pays_nothing_twice(int pages)
    {
        await using var world = await PolledAsync(20);
        world.PageSize = 7;
        await world.PutAsync(Numbered(21, 400));
        using var cancel = new CancellationTokenSource();
        try
        {
            await Bench.Engine.SyncAsync(new SyncOptions { Sources = [new EndingSource(world.Source(), pages, cancel)] }, cancel.Token);
        }
        catch (OperationCanceledException)
        {
            // before there was a run
        }

        await SyncAsync(world, world.Source());

        await ShouldHoldAsync(world, Numbered(1, 420));
        Bench.Generator.Asked.Count.ShouldBe(420);
    }

    [Fact]
    public async Task A_plan_remembers_nothing_and_behind_what_failed_nothing_is_remembered()
    {
        await using var world = await PolledAsync(5);
        await world.PutAsync(("d6", "number 6"));
        var before = world.Kept;

        (await Bench.PlanAsync(world.Source())).Documents.Added.ShouldBe(1);
        world.Kept.ShouldBe(before);

        await world.SpoilAsync("d7");
        (await SyncAsync(world, world.Source())).Documents.Failed.ShouldBe(1);
        world.Kept.ShouldBe(before);
    }

    [Fact]
    public async Task A_poll_that_found_nothing_is_caught_up_and_one_that_failed_or_only_planned_is_not()
    {
        await using var world = await PolledAsync(5);
        world.CaughtUp.Count.ShouldBe(1, "of the first one");
        await world.ExecuteAsync("delete from notes");
        await SyncAsync(world, world.Source());
        world.CaughtUp.Count.ShouldBe(2, "nothing is there");
        await world.PutAsync(Numbered(1, 100));
        await Bench.PlanAsync(world.Source());
        (await SyncAsync(world, world.CutSource())).Outcome.ShouldBe(Tidemark.Records.RunOutcome.Partial);
        world.CaughtUp.Count.ShouldBe(2);
        await world.SpoilAsync("d6");
        await SyncAsync(world, world.Source());
        world.CaughtUp.Count.ShouldBe(2);
        await world.PutAsync(("d6", "well"));
        await SyncAsync(world, world.Source());
        world.CaughtUp.Count.ShouldBe(3);
        world.CaughtUp.ShouldBeInOrder();
    }

    [Fact]
    public async Task What_is_made_of_a_table_otherwise_is_made_of_all_of_it()
    {
        await using var world = await PolledAsync(5);
        world.Table = world.Table with { Text = "{id}: {body}" };

        (await SyncAsync(world, world.Source())).Documents.Updated.ShouldBe(5);

        await ShouldHoldAsync(world, [.. Numbered(1, 5).Select(one => (one.Id, $"{one.Id}: {one.Text}"))]);
    }

    protected abstract ValueTask<SqlWorld> MakeDatabaseAsync();

    protected override async ValueTask<SourceWorld> MakeAsync() => await MakeDatabaseAsync();

    /// <summary>So many rows of an hour ago, the last one of now, which are indexed.</summary>
    private async Task<SqlWorld> PolledAsync(int rows)
    {
        var world = await MakeDatabaseAsync();
        await world.PutAsync(world.Ago(3_600), Numbered(1, rows));
        await world.ExecuteAsync($"update notes set updated = {world.Ago(0)} where id = 'd{rows}'");
        await SyncAsync(world, world.Source());
        world.IsDue = false;
        world.Kept.ShouldNotBeNull();
        return world;
    }
}
