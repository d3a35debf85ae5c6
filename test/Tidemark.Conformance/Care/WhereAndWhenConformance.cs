using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Tidemark.Verifying;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Care;

/// <summary>Where a source lay decides what may replace it, and when a commit was made decides what was: neither is taken from a row that was altered.</summary>
[NotForTheModel]
public abstract class WhereAndWhenConformance : DamagedStoreSuite
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("tidemark-place").FullName;
    [Theory]
    [InlineData("update commit_log set at = at + 864000000000 where sequence = 2")]
    [InlineData("update commit_log set at = at - 864000000000 where sequence = 2")]
    [InlineData("update commit_log set at = at + 1 where sequence = 1")]
    [InlineData("update commit_log set total = total - 1000000000000000 where sequence = 2")]
    [InlineData("update commit_log set at = 9223372036854775807 where sequence = 2")]
    public async Task A_commit_that_was_altered_tells_no_moment(string damage)
    {
        Clock.Now = DateTimeOffset.UtcNow.AddDays(-10);
        await SyncAsync("one");
        Clock.Now += TimeSpan.FromDays(1);
        await SyncAsync("two");
        var then = PointInTime.At(Clock.Now - TimeSpan.FromHours(1));
        Clock.Now += TimeSpan.FromDays(1);
        await SyncAsync("three");
        await ExecuteAsync(damage);

        (await RefusesAsync(() => TextAsync(then))).Message.ShouldContain("when its commits were made");
        var verify = await Index.VerifyAsync();
        verify.Errors.ShouldContain(error => error.Message.Contains("commits that are not as they were logged"));
        verify.Errors.ShouldAllBe(error => error.Code == ErrorCodes.StoreCorrupt && error.Remedy!.Contains("VerifyAsync(Repair)"));

        (await Index.VerifyAsync(new VerifyOptions { Repair = true })).InSync.ShouldBeTrue();
        (await TextAsync(then)).ShouldBe("one");
        (await Index.VerifyAsync()).InSync.ShouldBeTrue();
    }

    [Fact]
    public async Task A_commit_of_another_run_or_number_is_put_right()
    {
        await SyncAsync("one");
        await SyncAsync("two");
        var (first, second) = await RunsAsync();
        foreach (var damage in new[]
        {
            "update commit_log set run = (select min(id) from run) where sequence = 2",
            "update commit_log set run = 987654321 where sequence = 2",
            "update commit_log set sequence = 77 where sequence = 2",
            "update commit_log set sequence = -5 where sequence = 2",
        })
        {
            await ExecuteAsync(damage);
            (await Index.VerifyAsync()).InSync.ShouldBeFalse(damage);

            (await Index.VerifyAsync(new VerifyOptions { Repair = true })).InSync.ShouldBeTrue(damage);

            (await TextAsync(first)).ShouldBe("one", damage);
            (await TextAsync(second)).ShouldBe("two", damage);
            (await Store.Past.SequenceOfRunAsync("default", second.Run!.Value, default)).ShouldBe(2, damage);
        }
    }

    [Theory]
    [InlineData("delete from source_place")]
    [InlineData("update source_place set place = '/elsewhere'")]
    [InlineData("update catalog set first = '[\"/elsewhere\"]' where kind = 'source_place'")]
    [InlineData("update catalog set second = '[\"/elsewhere\"]' where kind = 'source_place'")]
    public async Task Where_a_source_lay_is_what_two_of_three_say(string damage)
    {
        await Bench.SyncAsync(At("one", "two"));
        await ExecuteAsync(damage);

        (await Bench.PlanAsync(At("1", "2"))).Guard.ShouldBeNull("the place that two of three name is this very one");
        (await Store.Reader.PlacesAsync("default", default)).ShouldHaveSingleItem().Value.ShouldBe(Folder);
        (await Index.VerifyAsync()).Errors.ShouldHaveSingleItem().Item.ShouldStartWith("source_place");
        (await Index.VerifyAsync(new VerifyOptions { Repair = true })).InSync.ShouldBeTrue();
        (await Bench.SyncAsync(At("1", "2"), request => request with { Guard = DeletionGuard.Off })).Warnings.ShouldBeEmpty();
    }

    private static ScriptedSource At(params string[] texts) =>
        new("s", [.. texts.Select((text, i) => Upsert($"d{i}", text))]) { Place = Folder };

    private Task SyncAsync(string text) => Bench.SyncAsync(new ScriptedSource("s", [Upsert("d", text)]));

    private async Task<string> TextAsync(PointInTime then) =>
        (await Index.ChunksAsync(asOf: then).ToListAsync()).ShouldHaveSingleItem().Text;

    private async Task<(PointInTime First, PointInTime Second)> RunsAsync()
    {
        var runs = await Store.Reader.RunsAsync("default", 2, default);
        return (PointInTime.AfterRun(runs[1].Id), PointInTime.AfterRun(runs[0].Id));
    }
}
