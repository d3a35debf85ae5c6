using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Tests.Syncing;

/// <summary>Of a source of the same name in another place nothing is taken, if it would replace too much.</summary>
public sealed class PlaceGuardTests : IAsyncDisposable
{
    private static readonly string Former = Directory.CreateTempSubdirectory("tidemark-place").FullName;

    private readonly SyncBench _bench = new(new InMemoryStore(TimeProvider.System));

    public ValueTask DisposeAsync() => _bench.Store.DisposeAsync();

    /// <summary>Four documents, and what the other place has: each as its id and its text.</summary>
    [Theory]
    [InlineData("a=1 b=2 c=3 d=4 e=5", 0, null)]
    [InlineData("a=9 b=2 c=3 d=4", 1, 0.25)]
    [InlineData("a=1 b=2", 2, 0.5)]
    [InlineData("a=9 b=2 sub/c=3", 2, 0.5)]
    [InlineData("sub/a=1 sub/b=2 sub/c=3 sub/d=4", 0, null)]
    [InlineData("", 4, 1.0)]
    public async Task What_would_be_replaced_or_deleted_counts_and_what_moves_within_it_does_not(string there, int held, double? share)
    {
        await _bench.SyncAsync(At(Former, "a=1 b=2 c=3 d=4"));

        var report = await _bench.SyncAsync(At("/elsewhere", there));

        (report.Outcome, report.Guard?.Held ?? 0, report.Guard?.Share, report.Guard?.Source).ShouldBe(
            held == 0 ? (RunOutcome.Succeeded, 0, null, null) : (RunOutcome.Guarded, held, share, "s"));
    }

    [Theory]
    [InlineData("a=9 b=9", false)]
    [InlineData("", true)]
    public async Task Whatever_share_may_go_an_empty_listing_is_not_believed(string there, bool isHeld)
    {
        await _bench.SyncAsync(At(Former, "a=1 b=2"));

        var report = await _bench.SyncAsync(At("/elsewhere", there), request => request with { Guard = new DeletionGuard(null, 1) });

        (report.Guard?.MovedFrom).ShouldBe(isHeld ? Former : null);
    }

    [Fact]
    public async Task Without_a_guard_it_is_taken()
    {
        await _bench.SyncAsync(At(Former, "a=1 b=2"));
        var source = At("/elsewhere", "a=9");

        var report = await _bench.SyncAsync(source, request => request with { Guard = DeletionGuard.Off });

        (report.Outcome, report.Documents.Updated, report.Documents.Deleted, source.Reads).ShouldBe((RunOutcome.Succeeded, 1, 1, 1), "it is read once");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_said_what_it_would_take_the_place_of(bool wasFolder)
    {
        await _bench.SyncAsync(wasFolder ? At(Former, "a=1") : new ScriptedSource("s", [Upsert("a", "1")]));

        var guard = (await _bench.SyncAsync(At("/elsewhere", "a=9"))).Guard!;

        guard.Remedy.ShouldContain(wasFolder ? $"'{Former}'" : "the records");
        guard.Remedy.ShouldContain("SyncOptions.SourceName");
        guard.Remedy.ShouldContain("DeletionGuard.Off");
    }

    private static ScriptedSource At(string place, string documents) => new(
        "s", [.. documents.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=')).Select(one => Upsert(one[0], one[1]))])
    {
        Place = place,
    };
}
