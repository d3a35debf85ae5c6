using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Streaming;
using Xunit;

namespace Tidemark.Conformance.Streaming;

/// <summary>
/// Random histories through the queue, in any order of versions, with workers that die and models that fail: in the end the
/// index is what a fresh build of the newest versions gives, and nothing was embedded twice.
/// </summary>
public abstract class QueueHistoryConformance : WorkerSuite
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Whatever_happens_the_newest_version_of_each_document_is_indexed(int seed)
    {
        var random = new Random(seed);
        var newest = new Dictionary<string, DocumentChange>(StringComparer.Ordinal);
        var version = 0L;
        for (var step = 0; step < 40; step++)
        {
            var changes = Enumerable.Range(0, random.Next(1, 12)).Select(_ => Next(random, newest, ref version)).ToArray();
            random.Shuffle(changes);
            await EnqueueAsync(changes);
            if (random.Next(3) == 0)
            {
                await ClaimAsync(random.Next(1, 6), TimeSpan.Zero); // and dies
            }

            if (random.Next(2) == 0)
            {
                await WorkAsync(random, fails: random.Next(3) == 0);
            }
        }

        await WorkAsync(random, fails: false);

        (await CountAsync()).ShouldBe((0, 0, 0));
        (await Bench.ExportAsync()).ShouldBe(await ExportOfSyncAsync([.. newest.Values]));
        Model.Asked.Count.ShouldBe(Model.Asked.Distinct(StringComparer.Ordinal).Count(), "nothing is embedded twice");
        (await Store.Index.CheckAsync(Namespace, None)).IsClean.ShouldBeTrue();
    }

    /// <summary>A change with a version of its own; older ones may come later.</summary>
    private static DocumentChange Next(Random random, Dictionary<string, DocumentChange> newest, ref long version)
    {
        var id = $"d{random.Next(15)}";
        var own = ++version;
        var text = string.Join("\n\n", Enumerable.Range(0, random.Next(0, 4)).Select(_ => $"paragraph {random.Next(60)}"));
        var change = random.Next(6) == 0
            ? Delete(id, own)
            : Upsert(id, text, own, random.Next(4) == 0 ? "premium" : null);
        newest[id] = change;
        return change;
    }

    private async Task WorkAsync(Random random, bool fails)
    {
        var requests = random.Next(4);
        Model.Before = _ => fails && requests-- <= 0 ? throw new InvalidOperationException("died") : Task.CompletedTask;
        try
        {
            await WorkAsync(request => request with
            {
                Concurrency = random.Next(1, 5),
                BatchSize = random.Next(1, 9),
                Attempts = request.Attempts with { MostAttempts = 100 },
            });
        }
        catch (TidemarkException) when (fails)
        {
            // The next worker goes on.
        }
    }
}
