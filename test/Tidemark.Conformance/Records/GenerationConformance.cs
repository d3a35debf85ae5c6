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

        await run.Session.Catalog.PromoteAsync(run.Generation, keepsFormer: false, default);

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
        await run.Session.Catalog.PromoteAsync(run.Generation, keepsFormer: false, default);

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
            await run.Session.Catalog.PromoteAsync(run.Generation, keepsFormer: false, default));

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
            await next.Session.Catalog.PromoteAsync(next.Generation, keepsFormer: false, default));

        await next.ApplyAsync(TestWrites.Stage("b", await next.GlanceAsync("b"), "restaged b"));
        await next.Session.Catalog.PromoteAsync(next.Generation, keepsFormer: false, default);

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
        await run.Session.Catalog.PromoteAsync(run.Generation, keepsFormer: false, default);
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
        await run.Session.Catalog.PromoteAsync(run.Generation, keepsFormer: false, default);

        (await run.LoadAsync("a", withText: true)).Text.ShouldBe("one two");
    }

    [Fact]
    public async Task A_former_generation_that_follows_answers_again_at_once()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(("a", ["one two"]), ("b", ["three"]));
        var first = run.Generation;
        await PromoteWordsAsync(run, ("a", ["one ", "two"]), ("b", ["three"]));
        var second = run.Session.Catalog.Namespace.Generation!;
        var former = run.Session.Catalog.Namespace.Beside!;
        former.ShouldBe(first with { State = GenerationState.Previous });
        (await BesideAsync()).ShouldBe((former, 2, 2));
        (await BehindAsync(run, former)).ShouldBeEmpty("it has everything that it had");

        await run.Session.Catalog.PromoteAsync(former, keepsFormer: true, default);

        (await run.ChunksAsync(withVectors: true)).Select(c => c.Text).ShouldBe(["one two", "three"]);
        run.Session.Catalog.Namespace.Beside.ShouldBe(second with { State = GenerationState.Previous });
        (await BesideAsync()).ShouldBe((second with { State = GenerationState.Previous }, 2, 3));
    }

    [Fact]
    public async Task Every_count_is_that_of_the_generation_that_answers_before_and_after_the_next_write()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(("a", ["one two"]), ("b", ["three"]), ("empty", []), ("gone", ["four"]));
        var first = run.Generation;
        await PromoteWordsAsync(run, ("a", ["one ", "two"]), ("b", ["three"]), ("empty", []), ("gone", ["four"]));
        var second = run.Session.Catalog.Namespace.Generation!;
        await ShouldCountAsync(run, a: 2, withoutText: 1, chunks: 4, tokens: 1 + 1 + 2 + 1);

        await run.Session.Catalog.PromoteAsync(first, keepsFormer: true, default);
        await ShouldCountAsync(run, a: 1, withoutText: 1, chunks: 3, tokens: 2 + 2 + 1);
        await run.Session.Catalog.PromoteAsync(second, keepsFormer: true, default);
        await ShouldCountAsync(run, a: 2, withoutText: 1, chunks: 4, tokens: 1 + 1 + 2 + 1);

        await run.Session.ApplyAsync(
            new ApplyBatch(second, 0, [TestWrites.Remove("gone", run.Source.Key, await run.GlanceAsync("gone"), DocumentState.Removed)]), default);
        await ShouldCountAsync(run, a: 2, withoutText: 1, chunks: 3, tokens: 1 + 1 + 2);
        await run.Session.Catalog.PromoteAsync(first, keepsFormer: true, default);
        await ShouldCountAsync(run, a: 1, withoutText: 1, chunks: 2, tokens: 2 + 2);
        await run.Session.Catalog.RetireAsync(run.Session.Catalog.Namespace.Beside!, default);
        await ShouldCountAsync(run, a: 1, withoutText: 1, chunks: 2, tokens: 2 + 2);
    }

    [Fact]
    public async Task What_changes_is_behind_in_the_generation_that_follows_until_it_is_staged()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(("a", ["1"]), ("b", ["2"]), ("c", ["3"]));
        await PromoteWordsAsync(run, ("a", ["1"]), ("b", ["2"]), ("c", ["3"]));
        var active = run.Session.Catalog.Namespace.Generation!;
        var former = run.Session.Catalog.Namespace.Beside!;

        await run.Session.ApplyAsync(new ApplyBatch(active, 0, [await run.PutOfAsync("b", "changed"), await run.PutOfAsync("d", "new")]), default);
        var gone = TestWrites.Remove("c", run.Source.Key, await run.GlanceAsync("c"), DocumentState.Removed);
        await run.Session.ApplyAsync(new ApplyBatch(active, 0, [gone]), default);

        (await BesideAsync()).ShouldBe((former, 1, 1));
        (await BehindAsync(run, former)).ShouldBe(["b", "d"], ignoreOrder: true);
        var refused = await Should.ThrowAsync<TidemarkException>(async () =>
            await run.Session.Catalog.PromoteAsync(former, keepsFormer: true, default));
        refused.Code.ShouldBe(ErrorCodes.MigrationBehind);

        await run.Session.ApplyAsync(
            new ApplyBatch(
                former,
                0,
                [
                    TestWrites.Stage("b", await run.GlanceAsync("b"), "changed"),
                    TestWrites.Stage("d", await run.GlanceAsync("d"), "new"),
                ]),
            default);
        (await BesideAsync()).ShouldBe((former, 3, 3));
        (await BehindAsync(run, former)).ShouldBeEmpty();
        await run.Session.Catalog.PromoteAsync(former, keepsFormer: true, default);
        (await run.ChunksAsync(withVectors: true)).Select(c => c.Text).ShouldBe(["1", "changed", "new"]);
    }

    [Fact]
    public async Task Former_states_that_a_generation_answered_with_stay_whole_while_it_follows_and_when_it_is_retired()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync("a", "kept ", "former");
        await run.PutAsync("a", "kept ", "later");
        var before = run.Session.Catalog.Namespace.Sequence;
        await PromoteWordsAsync(run, ("a", ["kept later"]));
        var active = run.Session.Catalog.Namespace.Generation!;
        await run.Session.ApplyAsync(new ApplyBatch(active, 0, [await run.PutOfAsync("a", "all new")]), default);

        (await PastTextsAsync()).ShouldBe(["all new", "kept later", "kept former"]);
        await run.Session.Catalog.RetireAsync(run.Session.Catalog.Namespace.Beside!, default);

        (await PastTextsAsync()).ShouldBe(["all new", "kept later", "kept former"]);
        run.Session.Catalog.Namespace.Beside.ShouldBeNull();
        (await BesideAsync()).ShouldBe((null, 0, 0));
        run.Session.Catalog.Namespace.Sequence.ShouldBeGreaterThan(before);
        (await run.ChunksAsync()).Select(c => c.Text).ShouldBe(["all new"]);
    }

    [Fact]
    public async Task A_candidate_that_is_given_up_leaves_nothing_and_another_one_can_be_begun()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync("a", "1");
        var candidate = await run.Session.Catalog.CreateGenerationAsync(Words, follows: true, default);
        candidate.State.ShouldBe(GenerationState.Candidate);
        var sequence = run.Session.Catalog.Namespace.Sequence;

        await run.Session.Catalog.RetireAsync(candidate, default);

        run.Session.Catalog.Namespace.Sequence.ShouldBe(sequence, "no query has seen anything of it");
        var other = await run.Session.Catalog.CreateGenerationAsync(Words with { Chunker = "lines" }, follows: true, default);
        other.Id.ShouldNotBe(candidate.Id);
        (await run.ChunksAsync()).Single().Text.ShouldBe("1");
    }

    [Fact]
    public async Task One_that_follows_is_not_dropped_for_another_pipeline()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync("a", "1");
        var candidate = await run.Session.Catalog.CreateGenerationAsync(Words, follows: true, default);

        foreach (var follows in new[] { true, false })
        {
            var refused = await Should.ThrowAsync<TidemarkException>(async () =>
                await run.Session.Catalog.CreateGenerationAsync(Words with { Chunker = "lines" }, follows, default));
            refused.Code.ShouldBe(ErrorCodes.MigrationRunning);
            refused.Message.ShouldContain("words");
        }

        (await run.Session.Catalog.CreateGenerationAsync(Words, follows: false, default)).ShouldBe(candidate, "it is the same");
    }

    [Fact]
    public async Task What_a_rebuild_left_half_done_becomes_the_candidate_of_a_migration()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync("a", "1");
        await run.RebuildAsync(Words);
        await run.ApplyAsync(TestWrites.Stage("a", await run.GlanceAsync("a"), "1"));

        var candidate = await run.Session.Catalog.CreateGenerationAsync(Words, follows: true, default);

        candidate.ShouldBe(run.Generation with { State = GenerationState.Candidate });
        (await BesideAsync()).ShouldBe((candidate, 1, 1));
    }

    private static async Task PromoteWordsAsync(StoreScribe run, params (string Id, string[] Chunks)[] staged)
    {
        var generation = await run.Session.Catalog.CreateGenerationAsync(Words, follows: true, default);
        foreach (var (id, chunks) in staged)
        {
            await run.Session.ApplyAsync(
                new ApplyBatch(generation, 0, [TestWrites.Stage(id, await run.GlanceAsync(id), chunks)]), default);
        }

        await run.Session.Catalog.PromoteAsync(generation, keepsFormer: true, default);
    }

    /// <summary>In everything that tells of it, and to the satisfaction of verify.</summary>
    private async Task ShouldCountAsync(StoreScribe run, int a, int withoutText, int chunks, int tokens)
    {
        (await run.GlanceAsync("a")).Chunks.ShouldBe(a);
        (await run.LiveAsync()).Max(document => document.Chunks).ShouldBe(a);
        (await Store.Reader.DocumentsAsync("default", prefix: "a", default).SingleAsync()).Chunks.ShouldBe(a);
        (await Store.Reader.FiguresAsync("default", DateTimeOffset.MaxValue, default)).WithoutText.ShouldBe(withoutText);
        (await Store.Reader.NamespaceAsync("default", default))!.Chunks.ShouldBe(chunks);
        var source = await run.Session.Catalog.RegisterSourceAsync("docs", default);
        (source.Chunks, source.Tokens).ShouldBe((chunks, tokens));
        (await Store.Care.CheckAsync("default", default)).Damages.ShouldBeEmpty();
    }

    private static async Task<List<string>> BehindAsync(StoreScribe run, GenerationRecord generation)
    {
        var ids = new List<string>();
        await foreach (var page in run.Session.ListBehindAsync(generation, default))
        {
            ids.AddRange((await run.Session.LoadAsync(page, withText: false, default)).Select(document => document.Id));
        }

        return ids;
    }

    private async Task<(GenerationRecord? Generation, long Documents, long Chunks)> BesideAsync()
    {
        var known = (await Store.Reader.NamespaceAsync("default", default))!;
        return (known.Beside, known.DocumentsBeside, known.ChunksBeside);
    }

    private async Task<List<string>> PastTextsAsync()
    {
        var texts = new List<string>();
        foreach (var state in await Store.Past.StatesAsync("default", "a", default))
        {
            var text = "";
            await foreach (var chunk in Store.Past.ChunksAsync("default", "a", state.Document.Sequence, default))
            {
                text += chunk.Text;
            }

            texts.Add(text);
        }

        return texts;
    }
}
