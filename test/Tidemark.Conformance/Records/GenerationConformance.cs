using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Conformance.Records;

/// <summary>Building a generation beside the one that answers, and the flip.</summary>
public abstract class GenerationConformance : StoreConformance
{
    private static readonly PipelineIdentity Words = StoreScribe.Pipeline with { Chunker = "words" };

    [Fact]
    public async Task A_staged_generation_is_not_seen_until_it_is_promoted()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync("a", "one two");
        await run.RebuildAsync(Words);
        run.Generation.State.ShouldBe(GenerationState.Building);

        await run.ApplyAsync(TestWrites.Stage("a", await run.GlanceAsync("a"), "one ", "two"));
        (await run.ChunksAsync()).Single().Text.ShouldBe("one two");
        (await run.GlanceAsync("a")).Chunks.ShouldBe(1);

        await run.Session.Catalog.PromoteAsync(run.Generation, default);

        (await run.ChunksAsync(withVectors: true)).Select(c => c.Text).ShouldBe(["one ", "two"]);
        (await run.GlanceAsync("a")).Chunks.ShouldBe(2);
        (await run.LoadAsync("a", withText: true)).Text.ShouldBe("one two");
        var summary = (await Store.Reader.NamespaceAsync("default", default))!;
        summary.Generation.ShouldBe(run.Generation with { State = GenerationState.Active });
        (summary.Documents, summary.Chunks).ShouldBe((1, 2));
        run.Session.Catalog.Namespace.Generation.ShouldBe(summary.Generation);
        run.Session.Catalog.Namespace.Sequence.ShouldBe(summary.Sequence);
    }

    [Fact]
    public async Task After_the_flip_documents_change_as_ever()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(("a", ["one two"]), ("b", ["three"]));
        await run.RebuildAsync(Words);
        await run.ApplyAsync(
            TestWrites.Stage("a", await run.GlanceAsync("a"), "one ", "two"),
            TestWrites.Stage("b", await run.GlanceAsync("b"), "three"));
        await run.Session.Catalog.PromoteAsync(run.Generation, default);

        await run.PutAsync("a", "one ", "changed");
        await run.RemoveAsync("b");

        (await run.ChunksAsync()).Select(c => c.Text).ShouldBe(["one ", "changed"]);
        var summary = (await Store.Reader.NamespaceAsync("default", default))!;
        (summary.Documents, summary.Chunks).ShouldBe((1, 2));
    }

    [Fact]
    public async Task A_generation_that_lacks_a_document_is_not_promoted()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(("a", ["1"]), ("b", ["2"]));
        await run.RebuildAsync(Words);
        await run.ApplyAsync(TestWrites.Stage("a", await run.GlanceAsync("a"), "1"));

        var error = await Should.ThrowAsync<TidemarkException>(async () =>
            await run.Session.Catalog.PromoteAsync(run.Generation, default));

        error.Message.ShouldContain("'b'");
        (await run.ChunksAsync()).Select(c => c.Text).ShouldBe(["1", "2"]);
        (await Store.Reader.NamespaceAsync("default", default))!.Generation!.Pipeline.ShouldBe(StoreScribe.Pipeline);
    }

    [Fact]
    public async Task A_half_built_generation_is_taken_up_again_and_stages_what_changed_anew()
    {
        GenerationRecord former;
        long unchanged;
        await using (var run = await StoreScribe.OpenAsync(Store))
        {
            await run.PutAsync(("a", ["1"]), ("b", ["2"]), ("c", ["3"]));
            var active = run.Generation;
            await run.RebuildAsync(Words);
            former = run.Generation;
            foreach (var id in new[] { "a", "b", "c" })
            {
                await run.ApplyAsync(TestWrites.Stage(id, await run.GlanceAsync(id), "staged " + id));
            }

            await run.Session.ApplyAsync(
                new ApplyBatch(active, 0, [await run.PutOfAsync("b", "changed")]), default);
            var gone = TestWrites.Remove("c", run.Source.Key, await run.GlanceAsync("c"), DocumentState.Removed);
            unchanged = (await run.Session.ApplyAsync(new ApplyBatch(active, 0, [gone]), default)).Sequence;
        }

        await using var next = await StoreScribe.OpenAsync(Store);
        await next.RebuildAsync(Words);
        next.Generation.ShouldBe(former);
        (await next.ApplyAsync(TestWrites.Stage("a", await next.GlanceAsync("a"), "staged a"))).Sequence
            .ShouldBe(unchanged, "what is staged already costs nothing");
        await Should.ThrowAsync<TidemarkException>(async () =>
            await next.Session.Catalog.PromoteAsync(next.Generation, default));

        await next.ApplyAsync(TestWrites.Stage("b", await next.GlanceAsync("b"), "restaged b"));
        await next.Session.Catalog.PromoteAsync(next.Generation, default);

        (await next.ChunksAsync()).Select(c => c.Text).ShouldBe(["staged a", "restaged b"]);
    }

    [Fact]
    public async Task A_half_built_generation_of_another_pipeline_is_dropped()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync("a", "1");
        await run.RebuildAsync(Words);
        var abandoned = run.Generation;
        await run.ApplyAsync(TestWrites.Stage("a", await run.GlanceAsync("a"), "words"));

        await run.RebuildAsync(Words with { Chunker = "lines" });

        run.Generation.Id.ShouldNotBe(abandoned.Id);
        await run.ApplyAsync(TestWrites.Stage("a", await run.GlanceAsync("a"), "lines"));
        await run.Session.Catalog.PromoteAsync(run.Generation, default);
        (await run.ChunksAsync()).Single().Text.ShouldBe("lines");
    }

    [Fact]
    public async Task A_stage_of_a_document_that_changed_or_is_gone_is_refused()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(("a", ["1"]), ("b", ["2"]));
        var a = TestWrites.Stage("a", await run.GlanceAsync("a"), "x");
        await run.PutAsync("a", "changed");
        await run.RemoveAsync("b");
        await run.RebuildAsync(Words);

        var result = await run.ApplyAsync(a, TestWrites.Stage("b", await run.GlanceAsync("b"), "y"));

        result.Documents.Select(d => d.Applied).ShouldBe([false, false]);
    }

    [Fact]
    public async Task A_text_that_the_new_chunks_do_not_add_up_to_is_kept_beside_them()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync("a", "one ", "two");
        await run.RebuildAsync(Words);

        await run.ApplyAsync(
            TestWrites.Stage("a", await run.GlanceAsync("a"), "one t", "two") with { ChunksArePartition = false });
        (await run.LoadAsync("a", withText: true)).Text.ShouldBe("one two");
        await run.Session.Catalog.PromoteAsync(run.Generation, default);

        (await run.LoadAsync("a", withText: true)).Text.ShouldBe("one two");
    }
}
