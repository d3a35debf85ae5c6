using System.Globalization;
using Shouldly;
using Tidemark.Chunking;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Searching;
using Xunit;

namespace Tidemark.Conformance.Migrating;

/// <summary>Whoever reads while generations change places is answered by one of them, whole.</summary>
public abstract class SwitchConformance : StoreConformance
{
    private const int Documents = 12;
    private const string Former = "counting:32";
    private const string Next = "next:32";

    /// <summary>Promotions and ways back, at least; the variable <c>TIDEMARK_SWITCHES</c> says how many.</summary>
    private static int Switches =>
        int.TryParse(Environment.GetEnvironmentVariable("TIDEMARK_SWITCHES"), CultureInfo.InvariantCulture, out var number) ? number : 60;

    [Fact]
    public async Task Readers_beside_promotions_and_ways_back_never_fail_and_never_mix_two_generations()
    {
        // A document is one chunk of the former generation, and two of the next one.
        var former = new SyncBench(Store) { Clock = Clock, Chunker = new StructuredChunker(800) };
        await former.SyncAsync([.. Enumerable.Range(0, Documents).Select(i => ScriptedSource.Upsert(
            string.Create(CultureInfo.InvariantCulture, $"d{i:00}"), $"# One\n\nharbour {i} {Filler('a')}\n\n# Two\n\nharbour {i} {Filler('b')}\n"))]);
        await using var switching = IndexOf(former);
        (await switching.StartMigrationAsync()).Outcome.ShouldBe(RunOutcome.Succeeded);

        using var done = new CancellationTokenSource();
        var met = new int[Enum.GetValues<SearchMode>().Length];
        var readers = Enum.GetValues<SearchMode>().Select((mode, i) => Task.Run(
            () => ReadAsync(former, mode, spaces => Volatile.Write(ref met[i], spaces), done.Token))).ToArray();
        for (var times = 0; times < Switches || (met.Any(spaces => spaces < 2) && readers.All(reader => !reader.IsCompleted)); times++)
        {
            await (times % 2 == 0 ? switching.PromoteMigrationAsync() : switching.RollBackMigrationAsync());
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
        met.ShouldAllBe(spaces => spaces == 2, "each reader has met both generations");
    }

    private async Task ReadAsync(SyncBench former, SearchMode mode, Action<int> tell, CancellationToken done)
    {
        var spaces = new HashSet<string>(StringComparer.Ordinal);
        await using var index = IndexOf(former);
        while (!done.IsCancellationRequested)
        {
            var found = await index.SearchAsync("harbour", new SearchOptions { Mode = mode, Limit = 4 * Documents }, CancellationToken.None);
            var perDocument = found.Space == Former ? 1 : 2;
            int[] chunks = [.. found.Hits.GroupBy(hit => hit.Chunk.Document, (_, hits) => hits.Count())];
            chunks.ShouldBe(Enumerable.Repeat(perDocument, Documents), ignoreOrder: false, $"{mode} of {found.Space}");
            spaces.Add(found.Space);
            tell(spaces.Count);
        }
    }

    private TidemarkIndex IndexOf(SyncBench former) => TidemarkIndex.Create(index => index
        .UseStore(Store).UseClock(Clock).UseChunker(new StructuredChunker(ChunkerOptions.SmallestSize))
        .UseEmbedder(new EmbeddingModel
        {
            Space = new EmbeddingSpace(Next, CountingGenerator.Dimensions),
            Generator = new CountingGenerator(),
            PricePerMillionTokens = 0,
        })
        .AddEmbedder(former.Pipeline.Model));

    private static string Filler(char letter) => new(letter, ChunkerOptions.SmallestSize - 30);
}
