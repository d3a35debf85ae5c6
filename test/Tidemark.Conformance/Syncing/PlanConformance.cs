using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Syncing;

/// <summary>
/// A plan and the run after it decide the same, whatever is asked for: over random histories, each step planned and then done. A
/// plan leaves no trace. (Requests are not compared: of two batches under way, either may send what both need.)
/// </summary>
public abstract class PlanConformance : StoreConformance
{
    private const int Steps = 14;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Any_plan_says_what_the_run_after_it_does(int seed)
    {
        var random = new Random(seed);
        var bench = new SyncBench(Store) { Price = 2, RequestSize = 3 };
        var corpus = new RandomCorpus(random);
        for (var step = 0; step < Steps; step++)
        {
            corpus.Change();
            var source = SourceOf(corpus, random);
            var request = RequestOf(bench, random);
            var before = await bench.ExportAsync();
            var asked = bench.Generator.Asked.Count;

            var plan = await bench.PlanAsync(source, request);

            (await bench.ExportAsync()).ShouldBe(before, $"step {step}");
            bench.Generator.Asked.Count.ShouldBe(asked, $"step {step}");
            var heard = new HeardDocuments();
            var sync = await bench.SyncAsync(source, r => request(r) with { Observer = heard });
            plan.Documents.ShouldBe(sync.Documents, $"step {step}");
            plan.Chunks.ShouldBe(sync.Chunks, $"step {step}");
            plan.Embedding.ShouldBe(sync.Embedding with { Requests = plan.Embedding.Requests }, $"step {step}");
            (plan.Outcome, plan.Cleanup, plan.Guard, plan.WithoutText).ShouldBe(
                (sync.Outcome, sync.Cleanup, sync.Guard, sync.WithoutText), $"step {step}");
            plan.Errors.ShouldBe(sync.Errors, $"step {step}");
            plan.Warnings.ShouldBe(sync.Warnings, $"step {step}");
            Written(plan).ShouldBe(heard.Documents.Order(StringComparer.Ordinal), $"step {step}");
        }
    }

    [Fact]
    public async Task A_plan_shows_that_new_parts_replace_the_former_ones_of_their_source_id()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a1", "one", sourceId: "a"), Upsert("a2", "two", sourceId: "a"), Upsert("b1", "three", sourceId: "b"));
        var source = new ScriptedSource("s", [Upsert("a3", "four", sourceId: "a")]) { DefaultCleanup = CleanupMode.Incremental };

        var plan = await bench.PlanAsync(source);

        Written(plan).ShouldBe(["added a3", "deleted a1", "deleted a2"]);
        (await bench.SyncAsync(source)).Documents.ShouldBe(plan.Documents);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 100)]
    [InlineData(100, 1)]
    [InlineData(100, 100)]
    public async Task Of_an_id_that_repeats_a_plan_counts_the_documents_that_the_run_counts(int pageSize, int batchSize)
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("known", "one"), Upsert("same", "two"));
        var source = new ScriptedSource(
            "s",
            [
                Upsert("new", "three"), Upsert("known", "four"), Upsert("same", "two"), Upsert("new", "five"), Upsert("known", "six"),
                Upsert("same", "two"), Upsert("new", "seven"),
            ])
        {
            PageSize = pageSize,
        };

        var plan = await bench.PlanAsync(source, r => r with { BatchSize = batchSize });

        var sync = await bench.SyncAsync(source, r => r with { BatchSize = batchSize });
        plan.Documents.ShouldBe(sync.Documents);
        plan.Documents.ShouldBe(new DocumentCounts(7, 1, 1, 5, 0, 0, 0, 0, 0));
        plan.Changes!.Count(change => change.Document == "new").ShouldBe(1);
    }

    /// <summary>Documents that the plan's list has change for whoever reads the index.</summary>
    private static IEnumerable<string> Written(SyncReport plan) => plan.Changes!
        .Where(change => change.Change is not ("touched" or "rebuilt"))
        .Select(change => $"{(change.Change == "moved" ? "added" : change.Change)} {change.Document}")
        .Order(StringComparer.Ordinal);

    /// <summary>The corpus in any order, some of it declared gone, some unreadable, some standing twice in one page.</summary>
    private static ScriptedSource SourceOf(RandomCorpus corpus, Random random)
    {
        var documents = corpus.Documents().Cast<DocumentChange.Upsert>()
            .Select(upsert => new DocumentChange.Upsert(upsert.Document with { SourceId = GroupOf(upsert.Document.Id) })).ToArray();
        var changes = documents.Where(_ => random.Next(12) > 0).ToList<DocumentChange>();
        var unlisted = documents.Except(changes.Cast<DocumentChange.Upsert>()).ToList();
        changes.AddRange(unlisted.Where(_ => random.Next(2) == 0).Select(gone => ScriptedSource.Delete(gone.Document.Id)));
        if (random.Next(4) == 0)
        {
            changes.Add(ScriptedSource.Delete($"unknown{random.Next(5)}"));
        }

        var repeats = random.Next(3) == 0;
        if (repeats)
        {
            changes.AddRange(documents.Where(_ => random.Next(4) == 0).Select(d => ScriptedSource.Upsert(
                d.Document.Id, $"another text {random.Next(9)}", sourceId: d.Document.SourceId)).ToArray());
        }

        var order = changes.ToArray();
        random.Shuffle(order);
        return new ScriptedSource("s", order)
        {
            PageSize = repeats ? 1000 : random.Next(1, 12),
            Unreadable = random.Next(4) == 0 ? documents.Take(2).Select(d => d.Document.Id).ToHashSet() : new HashSet<string>(),
        };
    }

    private static string GroupOf(string id) => $"group{(id[^1] - '0') % 4}";

    private static Func<SyncOptions, SyncOptions> RequestOf(SyncBench bench, Random random)
    {
        var rebuilds = random.Next(4) == 0;
        if (rebuilds && random.Next(2) == 0)
        {
            bench.ChunkerVersion += "1";
            bench.Together = random.Next(1, 4);
        }
        else if (rebuilds)
        {
            bench.Space += "x";
        }

        CleanupMode? cleanup = random.Next(4) switch
        {
            0 => CleanupMode.None,
            1 => CleanupMode.Incremental,
            2 => CleanupMode.Full,
            _ => null,
        };
        var (batchSize, force, rehash) = (random.Next(1, 10), random.Next(8) == 0, random.Next(6) == 0);
        var guard = random.Next(2) == 0 ? DeletionGuard.Off : new DeletionGuard(1, 0.05);
        return request => request with
        {
            Cleanup = cleanup,
            BatchSize = batchSize,
            Force = force,
            Rehash = rehash,
            Guard = guard,
            Rebuild = rebuilds,
        };
    }

    private sealed class HeardDocuments : ISyncObserver
    {
        public List<string> Documents { get; } = [];

        public void OnDocument(DocumentEvent change) => Documents.Add($"{NameOf(change.Change)} {change.Document}");

        private static string NameOf(DocumentEventKind change) => change switch
        {
            DocumentEventKind.Added => "added",
            DocumentEventKind.Edited => "edited",
            DocumentEventKind.Metadata => "metadata",
            _ => "deleted",
        };
    }
}
