using System.Globalization;
using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Conformance.Records;

/// <summary>What every <see cref="IPastReader"/> must do.</summary>
public abstract class PastConformance : StoreConformance
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Every_state_of_any_history_is_found_again_as_it_was(int seed)
    {
        var random = new Random(seed);
        var bench = new SyncBench(Store) { Clock = Clock };
        var corpus = new RandomCorpus(random);
        var states = new List<(long Run, DateTimeOffset At, string Export, string List)>();
        for (var state = 0; state < 9; state++)
        {
            corpus.Change();
            Clock.Now += TimeSpan.FromMinutes(1);
            var report = await bench.SyncAsync(
                new ScriptedSource("s", [.. corpus.Documents()]), r => r with { BatchSize = random.Next(1, 10), Guard = DeletionGuard.Off });
            states.Add((report.Run!.Value, Clock.GetUtcNow(), await LinesAsync(Store.Reader.ChunksAsync("default", null, false, default)), await ListAsync(Store.Reader.DocumentsAsync("default", "", default))));
        }

        foreach (var (run, at, export, list) in states)
        {
            var sequence = (await Store.Past.SequenceOfRunAsync("default", run, default)).ShouldNotBeNull();

            (await Store.Past.SequenceAtAsync("default", at, default)).ShouldBe(sequence);
            (await LinesAsync(Store.Past.ChunksAsync("default", null, sequence, default))).ShouldBe(export, $"run {run}");
            (await ListAsync(Store.Past.DocumentsAsync("default", "", sequence, default))).ShouldBe(list, $"run {run}");
        }

        await DifferencesAreThoseOfTheListsAsync([.. states.Select(state => (state.Run, state.List))]);
    }

    [Fact]
    public async Task A_state_ends_for_a_reason_that_stays_known()
    {
        await using (var run = await StoreScribe.OpenAsync(Store))
        {
            await run.PutAsync("a", "one");
            await run.PutAsync("a", "two");
            await run.RemoveAsync("a");
            await run.PutAsync("a", "three");
            await run.RemoveAsync("a", DocumentState.Tombstoned, new DocumentVersion(7, null));
            await run.PutAsync("a", "four");
        }

        var states = await Store.Past.StatesAsync("default", "a", default);

        states.Select(state => (state.Document.Sequence, state.Until?.Sequence, state.Ended)).ShouldBe(
        [
            (6L, null, null),
            (4L, 5L, StateEnd.Tombstoned),
            (2L, 3L, StateEnd.Removed),
            (1L, 2L, StateEnd.Superseded),
        ]);
        states.ShouldAllBe(state => state.Document.Chunks == 1);
        (await Store.Past.StatesAsync("default", "b", default)).ShouldBeEmpty();
        (await Store.Past.StatesAsync("nobody", "a", default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task History_begins_where_garbage_was_collected()
    {
        await using (var run = await StoreScribe.OpenAsync(Store))
        {
            await run.PutAsync("a", "one");
            await run.PutAsync("b", "other");
            await run.PutAsync("a", "two");
            Clock.Now += TimeSpan.FromDays(2);
            await run.PutAsync("a", "three");
        }

        await Store.Maintenance.CollectAsync(Clock.Now.AddDays(-1), Clock.Now.AddDays(-1), TimeSpan.Zero, dryRun: true, default);
        (await KnownAsync()).Horizon.ShouldBe(0);

        await Store.Maintenance.CollectAsync(Clock.Now.AddDays(-1), Clock.Now.AddDays(-1), TimeSpan.Zero, dryRun: false, default);

        (await KnownAsync()).Horizon.ShouldBe(3);
        (await LinesAsync(Store.Past.ChunksAsync("default", "a", 3, default))).ShouldContain("[two]");
        var engine = new PastEngine(Store);
        (await engine.SequenceAsync(await KnownAsync(), PointInTime.At(Clock.Now), default)).ShouldBe(4);
        (await Should.ThrowAsync<TidemarkException>(
            engine.SequenceAsync(await KnownAsync(), PointInTime.At(Clock.Now.AddDays(-30)), default))).Code.ShouldBe(ErrorCodes.HistoryHorizon);
        (await engine.HistoryAsync(await KnownAsync(), "a", Clock.Now, default)).States.Select(state => state.Changed).ShouldBe([["text"], null]);
    }

    [Fact]
    public async Task A_run_that_committed_nothing_is_the_end_of_those_before_it()
    {
        var bench = new SyncBench(Store) { Clock = Clock };
        var first = await bench.SyncAsync(ScriptedSource.Upsert("a", "one"));
        var second = await bench.SyncAsync(ScriptedSource.Upsert("a", "one"));
        await bench.SyncAsync(ScriptedSource.Upsert("a", "two"));

        (await Store.Past.SequenceOfRunAsync("default", second.Run!.Value, default))
            .ShouldBe(await Store.Past.SequenceOfRunAsync("default", first.Run!.Value, default));
        (await Store.Past.SequenceOfRunAsync("default", 99_999, default)).ShouldBeNull();
        (await Store.Past.SequenceOfRunAsync("nobody", first.Run.Value, default)).ShouldBeNull();
        (await Store.Past.SequenceAtAsync("default", Clock.Now.AddDays(-1), default)).ShouldBe(0);
    }

    private static async Task<string> LinesAsync(IAsyncEnumerable<IndexedChunk> chunks) => string.Join('\n', await chunks
        .Select(chunk => string.Create(
            CultureInfo.InvariantCulture, $"{chunk.Document}#{chunk.Ordinal} {chunk.Id} {chunk.Source} {chunk.Heading} {chunk.Metadata} [{chunk.Text}]"))
        .ToListAsync());

    private static async Task<string> ListAsync(IAsyncEnumerable<DocumentSummary> documents) => string.Join('\n', await documents
        .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Id} {one.TextHash} {one.Metadata} {one.Sequence} {one.Run} {one.Chunks} {one.UpdatedAt:O}"))
        .ToListAsync());

    private async Task<NamespaceSummary> KnownAsync() => (await Store.Reader.NamespaceAsync("default", default)).ShouldNotBeNull();

    /// <summary>Whatever stands in one list only is named, and nothing else.</summary>
    private async Task DifferencesAreThoseOfTheListsAsync((long Run, string List)[] states)
    {
        foreach (var (from, to) in states.Zip(states.Skip(1)).Append((states[0], states[^1])))
        {
            var difference = await new PastEngine(Store).DifferenceAsync(await KnownAsync(), from.Run, to.Run, default);

            difference.Documents.SelectMany(document => new[] { document.Document, document.From }).OfType<string>().Order(StringComparer.Ordinal)
                .ShouldBe(Told(from.List).Except(Told(to.List)).Concat(Told(to.List).Except(Told(from.List)))
                    .Select(line => line.Split(' ')[0]).Distinct().Order(StringComparer.Ordinal));
        }

        static IEnumerable<string> Told(string list) =>
            list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(' ', line.Split(' ').Take(3)));
    }
}
