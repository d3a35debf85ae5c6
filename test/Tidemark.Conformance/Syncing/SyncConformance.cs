using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Syncing;

/// <summary>What the engine promises on any store.</summary>
public abstract class SyncConformance : StoreConformance
{
    [Fact]
    public async Task The_first_sync_adds_everything_and_the_second_does_nothing()
    {
        var bench = new SyncBench(Store);
        var source = new ScriptedSource("s", [Upsert("a", "one\n\ntwo"), Upsert("b", "three")]);

        var first = await bench.SyncAsync(source);
        var asked = bench.Generator.Asked.Count;
        var second = await bench.SyncAsync(source);

        (first.Documents.Added, first.Chunks.Added, first.Embedding.Inputs).ShouldBe((2, 3, 3));
        second.Documents.ShouldBe(new DocumentCounts(2, 0, 0, 2, 0, 0, 0, 0, 0));
        second.Chunks.ShouldBe(new ChunkCounts(0, 0, 3, 0));
        bench.Generator.Asked.Count.ShouldBe(asked);
        source.Reads.ShouldBe(2, "nothing is read whose token has not changed");
    }

    [Fact]
    public async Task An_edit_embeds_the_new_chunk_only()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "one\n\ntwo\n\nthree"));

        var report = await bench.SyncAsync(Upsert("a", "one\n\nTWO\n\nthree"));

        report.Documents.Updated.ShouldBe(1);
        report.Chunks.ShouldBe(new ChunkCounts(1, 0, 2, 1));
        bench.Generator.Asked.ShouldBe(["one\n\n", "two\n\n", "three", "TWO\n\n"]);
    }

    [Fact]
    public async Task A_rename_a_copy_and_a_revert_embed_nothing()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "one\n\ntwo"));
        var asked = bench.Generator.Asked.Count;

        var renamed = await bench.SyncAsync(Upsert("b", "one\n\ntwo"));
        var copied = await bench.SyncAsync(Upsert("b", "one\n\ntwo"), Upsert("c", "one\n\ntwo"));
        await bench.SyncAsync(Upsert("b", "other"), Upsert("c", "one\n\ntwo"));
        var reverted = await bench.SyncAsync(Upsert("b", "one\n\ntwo"), Upsert("c", "one\n\ntwo"));

        (renamed.Documents.Added, renamed.Documents.Deleted, renamed.Documents.Moved).ShouldBe((1, 1, 1));
        (renamed.Embedding.Inputs, renamed.Embedding.Reused).ShouldBe((0, 2));
        (copied.Documents.Added, copied.Embedding.Inputs).ShouldBe((1, 0));
        (reverted.Documents.Updated, reverted.Embedding.Inputs).ShouldBe((1, 0));
        bench.Generator.Asked.Count.ShouldBe(asked + 1, "only 'other' was new");
    }

    [Fact]
    public async Task A_metadata_edit_patches_and_embeds_nothing()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "one\n\ntwo", """{"k":1}"""));

        var report = await bench.SyncAsync(Upsert("a", "one\n\ntwo", """{"k":2}"""));

        report.Documents.Updated.ShouldBe(1);
        report.Chunks.ShouldBe(new ChunkCounts(0, 2, 0, 0));
        report.Embedding.Inputs.ShouldBe(0);
        (await bench.ExportAsync()).ShouldContain("""{"k":2}""");
    }

    [Fact]
    public async Task Force_embeds_again_each_distinct_input_once()
    {
        var bench = new SyncBench(Store);
        var source = new ScriptedSource("s", [Upsert("a", "one"), Upsert("b", "one"), Upsert("c", "two")]) { PageSize = 1 };
        await bench.SyncAsync(source);

        var report = await bench.SyncAsync(source, r => r with { Force = true, BatchSize = 1 });

        report.Documents.Updated.ShouldBe(3);
        report.Embedding.Inputs.ShouldBe(2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public async Task An_id_that_repeats_ends_as_its_last_and_costs_nothing_when_it_comes_again(int pageSize)
    {
        var bench = new SyncBench(Store);
        var source = new ScriptedSource("s", [Upsert("a", "one"), Upsert("b", "x"), Upsert("a", "two"), Upsert("c", "y")])
        {
            PageSize = pageSize,
        };

        var first = await bench.SyncAsync(source, r => r with { BatchSize = 1 });
        var export = await bench.ExportAsync();
        var second = await bench.SyncAsync(source, r => r with { BatchSize = 1 });

        (first.Documents.Seen, first.Documents.Added, first.Documents.Skipped).ShouldBe((4, 3, 1));
        export.ShouldContain("[two]");
        export.ShouldNotContain("[one]");
        second.Documents.ShouldBe(new DocumentCounts(4, 0, 0, 4, 0, 0, 0, 0, 0));
        (second.Chunks.Added, second.Chunks.Deleted, second.Embedding.Inputs).ShouldBe((0, 0, 0));
        (await bench.ExportAsync()).ShouldBe(export);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task A_change_that_a_later_item_takes_back_leaves_the_document_as_it_was(int pageSize)
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "zero"), Upsert("b", "x"));
        var export = await bench.ExportAsync();
        var source = new ScriptedSource("s", [Upsert("a", "one"), Upsert("b", "x"), Upsert("a", "zero")])
        {
            PageSize = pageSize,
        };

        var first = await bench.SyncAsync(source, r => r with { BatchSize = 50 });
        var second = await bench.SyncAsync(source, r => r with { BatchSize = 50 });

        (await bench.ExportAsync()).ShouldBe(export);
        first.Documents.Seen.ShouldBe(3);
        second.Documents.ShouldBe(new DocumentCounts(3, 0, 0, 3, 0, 0, 0, 0, 0));
        (second.Chunks.Added, second.Chunks.Deleted).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Of_repeated_ids_the_highest_version_wins(int pageSize)
    {
        var bench = new SyncBench(Store);
        var source = new ScriptedSource("s", [Upsert("a", "new", version: 5), Upsert("a", "old", version: 3)])
        {
            PageSize = pageSize,
        };

        var first = await bench.SyncAsync(source, r => r with { BatchSize = 1 });
        var second = await bench.SyncAsync(source, r => r with { BatchSize = 1 });

        (first.Documents.Added, first.Documents.Skipped, first.Documents.Outdated).ShouldBe((1, 1, 0));
        (second.Documents.Skipped, second.Documents.Outdated).ShouldBe((2, 0));
        (await bench.ExportAsync()).ShouldContain("[new]");
    }

    [Fact]
    public async Task Incremental_replaces_the_parts_of_a_listed_source_id_and_nothing_else()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Incremental(
            Upsert("p1", "one", sourceId: "S"), Upsert("p2", "two", sourceId: "S"), Upsert("q1", "three", sourceId: "T")));

        var report = await bench.SyncAsync(Incremental(Upsert("p3", "four", sourceId: "S"), Upsert("p1", "one", sourceId: "S")));

        (report.Documents.Added, report.Documents.Skipped, report.Documents.Deleted).ShouldBe((1, 1, 1));
        report.Guard.ShouldBeNull("a replaced part of a listed source id has a successor");
        (await IdsAsync(bench)).ShouldBe(["p1", "p3", "q1"]);
    }

    [Fact]
    public async Task A_source_is_not_cut_by_a_batch_border()
    {
        var bench = new SyncBench(Store);
        var source = Incremental([.. Enumerable.Range(0, 7).Select(i => Upsert($"p{i}", $"text {i}", sourceId: "S"))]);
        await bench.SyncAsync(source, r => r with { BatchSize = 2 });

        var report = await bench.SyncAsync(source, r => r with { BatchSize = 2 });

        report.Documents.ShouldBe(new DocumentCounts(7, 0, 0, 7, 0, 0, 0, 0, 0));
        report.Embedding.Inputs.ShouldBe(0);
    }

    [Fact]
    public async Task None_deletes_nothing()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "one"), Upsert("b", "two"));

        var report = await bench.SyncAsync(
            new ScriptedSource("s", [Upsert("a", "one")]), r => r with { Cleanup = CleanupMode.None });

        report.Documents.Deleted.ShouldBe(0);
        (await IdsAsync(bench)).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Full_cleans_up_within_the_sources_of_the_run()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(new ScriptedSource("s", [Upsert("a", "one"), Upsert("b", "two")]));
        await bench.SyncAsync(new ScriptedSource("t", [Upsert("c", "three")]));

        await bench.SyncAsync(new ScriptedSource("s", [Upsert("a", "one")]));

        (await IdsAsync(bench)).ShouldBe(["a", "c"]);
    }

    [Fact]
    public async Task An_incomplete_listing_deletes_nothing()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "one"), Upsert("b", "two"));

        var report = await bench.SyncAsync(new ScriptedSource("s", [Upsert("a", "one")])
        {
            Failures = [new ItemFailure("line 2", ErrorCodes.SourceMalformed, "bad", "mend it", HidesDocuments: true)],
        });

        (report.Outcome, report.Documents.Failed, report.Documents.Deleted).ShouldBe((RunOutcome.Partial, 1, 0));
        (await IdsAsync(bench)).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task An_item_that_cannot_be_read_keeps_what_is_stored_of_it()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "one"), Upsert("b", "two"), Upsert("c", "three"));

        var report = await bench.SyncAsync(new ScriptedSource("s", [Upsert("a", "ONE"), Upsert("b", "TWO")])
        {
            Unreadable = new HashSet<string> { "b" },
        });

        (report.Documents.Failed, report.Documents.Updated, report.Documents.Deleted).ShouldBe((1, 1, 1));
        var export = await bench.ExportAsync();
        export.ShouldContain("[ONE]");
        export.ShouldContain("[two]");
    }

    [Fact]
    public async Task The_guard_holds_deletes_back_and_lets_adds_flow()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync([.. Enumerable.Range(0, 20).Select(i => Upsert($"d{i:00}", $"text {i}"))]);
        var shrunk = new ScriptedSource("s", [Upsert("d00", "text 0"), Upsert("new", "new")]);

        var held = await bench.SyncAsync(shrunk);
        var allowed = await bench.SyncAsync(shrunk, r => r with { Guard = DeletionGuard.Off });

        (held.Outcome, held.Documents.Added, held.Documents.Deleted).ShouldBe((RunOutcome.Guarded, 1, 0));
        held.Guard!.Held.ShouldBe(19);
        held.Guard.Share.ShouldBe(0.95);
        (allowed.Outcome, allowed.Documents.Deleted).ShouldBe((RunOutcome.Succeeded, 19));
    }

    [Fact]
    public async Task Moves_do_not_count_for_the_guard()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync([.. Enumerable.Range(0, 20).Select(i => Upsert($"old/{i:00}", $"text {i}"))]);

        var report = await bench.SyncAsync([.. Enumerable.Range(0, 20).Select(i => Upsert($"new/{i:00}", $"text {i}"))]);

        (report.Outcome, report.Documents.Moved, report.Embedding.Inputs).ShouldBe((RunOutcome.Succeeded, 20, 0));
    }

    [Fact]
    public async Task Each_new_document_is_the_successor_of_one_at_most()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "same"), Upsert("b", "same"), Upsert("c", "same"), Upsert("d", "other"));
        var moved = new ScriptedSource("s", [Upsert("x", "same"), Upsert("y", "same"), Upsert("d", "other")]);
        static SyncOptions Within(SyncOptions request, double share) =>
            request with { Guard = new DeletionGuard(null, share) };

        var held = await bench.PlanAsync(moved, r => Within(r, 0.1));
        var plan = await bench.PlanAsync(moved, r => Within(r, 0.5));
        var sync = await bench.SyncAsync(moved, r => Within(r, 0.5));

        held.Guard.ShouldNotBeNull().Held.ShouldBe(1, "three went and two came");
        (sync.Guard, sync.Documents.Moved, sync.Documents.Deleted, sync.Documents.Added).ShouldBe((null, 2, 3, 2));
        plan.Documents.ShouldBe(sync.Documents);
        plan.Changes!.Count(change => change.Change == "moved").ShouldBe(2);
        plan.Changes!.Select(change => change.MovedFrom).OfType<string>().Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
        (await IdsAsync(bench)).ShouldBe(["d", "x", "y"]);
    }

    [Fact]
    public async Task An_emptied_source_is_held_however_small()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "one"));

        var report = await bench.SyncAsync([]);

        report.Guard!.Held.ShouldBe(1);
        (await IdsAsync(bench)).ShouldBe(["a"]);
    }

    [Fact]
    public async Task Tombstones_delete_are_remembered_and_beaten_by_newer_versions_only()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Incremental(Upsert("a", "one", version: 3)));

        var deleted = await bench.SyncAsync(Incremental(Delete("a", 4), Delete("unknown", 9)));
        var late = await bench.SyncAsync(Incremental(Upsert("a", "late", version: 3), Upsert("unknown", "late", version: 8)));
        var newer = await bench.SyncAsync(Incremental(Upsert("a", "newer", version: 5)));

        (deleted.Documents.Seen, deleted.Documents.Deleted).ShouldBe((2, 1));
        (late.Documents.Outdated, late.Documents.Added).ShouldBe((2, 0));
        newer.Documents.Added.ShouldBe(1);
        (await bench.ExportAsync()).ShouldContain("[newer]");
    }

    [Fact]
    public async Task A_source_tombstone_deletes_what_is_not_listed_behind_it()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Incremental(
            Upsert("p1", "one", sourceId: "S"), Upsert("p2", "two", sourceId: "S"), Upsert("q", "three", sourceId: "T")));
        var source = Incremental(DeleteSource("S"), Upsert("p2", "two", sourceId: "S"));

        var report = await bench.SyncAsync(source);
        var again = await bench.SyncAsync(source);

        report.Documents.Deleted.ShouldBe(1);
        (await IdsAsync(bench)).ShouldBe(["p2", "q"]);
        (again.Documents.Deleted, again.Chunks.Deleted, again.Embedding.Inputs).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task An_id_of_another_source_is_a_failed_item()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(new ScriptedSource("s", [Upsert("a", "one")]));

        var report = await bench.SyncAsync(new ScriptedSource("t", [Upsert("a", "other")]));

        report.Errors.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.SourceConflict);
        (await bench.ExportAsync()).ShouldContain("[one]");
    }

    [Fact]
    public async Task A_document_that_becomes_empty_leaves_no_chunk()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "one\n\ntwo"));

        var report = await bench.SyncAsync(Upsert("a", ""));

        (report.Documents.Updated, report.Chunks.Deleted).ShouldBe((1, 2));
        (await bench.ExportAsync()).ShouldBeEmpty();
        (await IdsAsync(bench)).ShouldBe(["a"]);
    }

    [Fact]
    public async Task A_changed_pipeline_is_refused_and_a_rebuild_embeds_new_inputs_only()
    {
        var bench = new SyncBench(Store);
        var source = new ScriptedSource("s", [Upsert("a", "one\n\ntwo"), Upsert("b", "three")]);
        await bench.SyncAsync(source);
        var before = await bench.ExportAsync();
        bench.ChunkerVersion = "2";

        (await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(source))).Code.ShouldBe(ErrorCodes.PipelineChanged);
        var rebuilt = await bench.SyncAsync(source, r => r with { Rebuild = true });

        (rebuilt.Embedding.Inputs, rebuilt.Chunks.Added).ShouldBe((0, 3));
        (await bench.ExportAsync()).ShouldBe(before);
        bench.Space = "counting-2:32";
        (await bench.SyncAsync(source, r => r with { Rebuild = true })).Embedding.Inputs.ShouldBe(3);
        (await bench.Store.Index.CheckAsync("default", CancellationToken.None)).IsClean.ShouldBeTrue();
        (await bench.SyncAsync(source)).Documents.Skipped.ShouldBe(2);
    }

    [Fact]
    public async Task White_space_and_case_cost_nothing_when_hashing_is_normalised()
    {
        var bench = new SyncBench(Store);
        bench.Normalize = true;
        await bench.SyncAsync(Upsert("a", "One  two\n\nthree"));

        var report = await bench.SyncAsync(Upsert("a", "one two\nTHREE\n"));

        (report.Embedding.Inputs, report.Chunks.Added, report.Chunks.Patched).ShouldBe((0, 0, 1));
        bench.Generator.Asked.ShouldBe(["one two three"]);
        (await bench.ExportAsync()).ShouldContain("[one two\nTHREE\n]");
    }

    [Fact]
    public async Task White_space_alone_is_neither_asked_for_nor_found()
    {
        var bench = new SyncBench(Store);
        const string text = "one\n\n  \t \n\n\n\ntwo";

        var report = await bench.SyncAsync(Upsert("a", text), Upsert("b", " \n\n "));

        (report.Documents.Added, report.Chunks.Added).ShouldBe((2, 2));
        bench.Generator.Asked.ShouldBe(["one\n\n", "two"]);
        (await bench.SyncAsync(Upsert("a", text + "!"), Upsert("b", " \n\n "))).Embedding.Inputs.ShouldBe(1);
    }

    [Fact]
    public async Task Own_vectors_are_taken_and_the_model_is_not_asked()
    {
        var bench = new SyncBench(Store);
        var vector = CountingGenerator.VectorOf("anything");
        var document = ((DocumentChange.Upsert)Upsert("a", "one\n\ntwo")).Document with
        {
            Embedding = new OwnEmbedding(vector, "counting:32"),
        };

        var report = await bench.SyncAsync(new DocumentChange.Upsert(document));

        (report.Chunks.Added, report.Embedding.Inputs).ShouldBe((1, 0));
        bench.Generator.Asked.ShouldBeEmpty();
        var foreign = document with { Id = "b", Embedding = new OwnEmbedding(vector, "other:32") };
        (await bench.SyncAsync(new DocumentChange.Upsert(foreign))).Errors.ShouldHaveSingleItem().Code
            .ShouldBe(ErrorCodes.EmbeddingSpace);
    }

    [Fact]
    public async Task An_append_only_namespace_deletes_nothing()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "one"), Upsert("b", "two"));

        var report = await bench.SyncAsync(
            new ScriptedSource("s", [Delete("a"), Upsert("c", "three")]), r => r with { AppendOnly = true });

        (report.Documents.Added, report.Documents.Deleted, report.Documents.Failed).ShouldBe((1, 0, 1));
        (await IdsAsync(bench)).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task A_plan_counts_what_the_sync_then_does_and_changes_nothing()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "one\n\ntwo"), Upsert("b", "three"), Upsert("c", "four"), Upsert("d", "five"));
        var changed = new ScriptedSource(
            "s", [Upsert("a", "one\n\nTWO"), Upsert("c2", "four"), Upsert("d", "five", """{"k":1}"""), Upsert("e", "six")]);
        var before = await bench.ExportAsync();
        var asked = bench.Generator.Asked.Count;

        var plan = await bench.PlanAsync(changed);

        (await bench.ExportAsync()).ShouldBe(before);
        bench.Generator.Asked.Count.ShouldBe(asked);
        var sync = await bench.SyncAsync(changed);
        plan.Documents.ShouldBe(sync.Documents);
        plan.Chunks.ShouldBe(sync.Chunks);
        plan.Embedding.ShouldBe(sync.Embedding);
        plan.Run.ShouldBeNull();
        plan.Changes!.Select(c => $"{c.Change} {c.Document}").Order(StringComparer.Ordinal)
            .ShouldBe(["added e", "deleted b", "deleted c", "edited a", "metadata d", "moved c2"]);
    }

    [Fact]
    public async Task A_cancelled_run_keeps_what_was_committed_and_a_rerun_resumes()
    {
        var bench = new SyncBench(Store);
        using var cancel = new CancellationTokenSource();
        var documents = Enumerable.Range(0, 40).Select(i => Upsert($"d{i:00}", $"text {i}")).ToArray();
        var source = new ScriptedSource("s", documents)
        {
            PageSize = 2,
            OnPage = page =>
            {
                if (page == 12)
                {
                    cancel.Cancel();
                }
            },
        };

        var cancelled = await bench.Engine.SyncAsync(
            new SyncOptions { Sources = [source], BatchSize = 2 }, cancel.Token);
        var resumed = await bench.SyncAsync(new ScriptedSource("s", documents));

        cancelled.Outcome.ShouldBe(RunOutcome.Cancelled);
        cancelled.Documents.Added.ShouldBeLessThan(40);
        resumed.Documents.Added.ShouldBe(40 - cancelled.Documents.Added);
        bench.Generator.Asked.Count.ShouldBe(40);
    }

    [Fact]
    public async Task Every_run_is_in_the_history()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "one"));
        await bench.SyncAsync(Upsert("a", "two"));

        var runs = await bench.Store.Reader.RunsAsync("default", 10, CancellationToken.None);

        runs.Count.ShouldBe(2);
        runs[0].Id.ShouldBeGreaterThan(runs[1].Id);
        runs[0].Outcome.ShouldBe(RunOutcome.Succeeded);
        runs[0].ReportJson!.ShouldContain("\"updated\":1");
    }

    protected static ScriptedSource Incremental(params DocumentChange[] changes) =>
        new("s", changes) { DefaultCleanup = CleanupMode.Incremental };

    protected static async Task<List<string>> IdsAsync(SyncBench bench)
    {
        var ids = new List<string>();
        await foreach (var document in bench.Store.Reader.DocumentsAsync("default", "", CancellationToken.None))
        {
            ids.Add(document.Id);
        }

        return ids;
    }
}
