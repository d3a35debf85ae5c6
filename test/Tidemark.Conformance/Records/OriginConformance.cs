using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Embedding;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Conformance.Records;

/// <summary>What a store must know of where vectors come from and how late changes were.</summary>
public abstract class OriginConformance : StoreConformance
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_chunk_knows_the_run_the_cause_the_tokens_and_the_price_of_its_vector()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.BeginRunAsync(Clock.Now);
        await PayAsync(run.Run!.Id, "one", 7);
        await run.PutAsync("a", "one", "two");

        var origins = await Store.Reader.OriginsAsync("default", "a", None);

        origins.Select(o => (o.Ordinal, o.IndexedIn, o.IndexedAt)).ShouldBe([(0, run.Run.Id, Clock.Now), (1, run.Run.Id, Clock.Now)]);
        var one = origins[0];
        (one.EmbeddedIn, one.EmbeddedAt, one.Cause, one.Tokens, one.PricePerMillionTokens, one.IsReused)
            .ShouldBe((run.Run.Id, Clock.Now, EmbeddingCause.Text, 7, 0.5m, false));
        (origins[1].EmbeddedIn, origins[1].Cause, origins[1].Tokens).ShouldBe((0, EmbeddingCause.Unknown, 0));
    }

    [Fact]
    public async Task A_later_document_with_the_same_text_reuses_the_vector_of_the_first()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.BeginRunAsync(Clock.Now);
        var first = run.Run!.Id;
        await PayAsync(first, "same", 3);
        await run.PutAsync(("a", ["same"]), ("b", ["same"]));
        await run.BeginRunAsync(Clock.Now);
        await run.PutAsync("c", "same", "same");

        (await Store.Reader.OriginsAsync("default", "a", None)).Single().IsReused.ShouldBeFalse();
        (await Store.Reader.OriginsAsync("default", "b", None)).Single().ReusedFrom.ShouldBe("a");
        var later = await Store.Reader.OriginsAsync("default", "c", None);
        later.ShouldAllBe(o => o.IsReused && o.ReusedFrom == "a" && o.ReusedFromNamespace == "default" && o.EmbeddedIn == first);
        later.ShouldAllBe(o => o.IndexedIn == run.Run.Id);
    }

    [Fact]
    public async Task A_text_that_comes_back_reuses_its_own_vector()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.BeginRunAsync(Clock.Now);
        await PayAsync(run.Run!.Id, "one", 3);
        await run.PutAsync("a", "one");
        await run.BeginRunAsync(Clock.Now);
        await run.PutAsync("a", "two");
        await run.BeginRunAsync(Clock.Now);
        await run.PutAsync("a", "one");

        var origin = (await Store.Reader.OriginsAsync("default", "a", None)).Single();

        (origin.IsReused, origin.ReusedFrom).ShouldBe((true, null));
    }

    [Fact]
    public async Task A_document_that_is_not_live_has_no_origins()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync("a", "one");
        await run.RemoveAsync("a");

        (await Store.Reader.OriginsAsync("default", "a", None)).ShouldBeEmpty();
        (await Store.Reader.OriginsAsync("default", "never", None)).ShouldBeEmpty();
        (await Store.Reader.OriginsAsync("nowhere", "a", None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lags_are_counted_from_the_change_to_the_commit()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.ApplyAsync(
            await ChangedAsync(run, "a", TimeSpan.FromSeconds(10), load: false),
            await ChangedAsync(run, "b", TimeSpan.FromSeconds(10), load: false),
            await ChangedAsync(run, "c", TimeSpan.FromHours(2), load: false),
            await ChangedAsync(run, "d", TimeSpan.FromSeconds(-5), load: true),
            await run.PutOfAsync("e", "says no time"));
        await run.ApplyAsync(await ChangedAsync(run, "f", TimeSpan.FromSeconds(10), load: false));

        var lags = await Store.Reader.LagsAsync("default", Clock.Now, Clock.Now, None);

        lags.ShouldBe(
        [
            new LagCount(false, LagScale.PositionOf(TimeSpan.FromSeconds(10)), 3),
            new LagCount(false, LagScale.PositionOf(TimeSpan.FromHours(2)), 1),
            new LagCount(true, 0, 1),
        ]);
    }

    [Fact]
    public async Task A_window_leaves_out_what_was_committed_in_an_hour_before_it()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.ApplyAsync(await ChangedAsync(run, "a", TimeSpan.FromSeconds(10), load: false));
        var first = Clock.Now;
        Clock.Now += TimeSpan.FromHours(3);
        await run.ApplyAsync(await ChangedAsync(run, "b", TimeSpan.FromSeconds(20), load: false));

        (await Store.Reader.LagsAsync("default", first, Clock.Now, None)).Sum(lag => lag.Changes).ShouldBe(2);
        (await Store.Reader.LagsAsync("default", first.AddHours(1), Clock.Now, None)).Single().Changes.ShouldBe(1);
        (await Store.Reader.LagsAsync("default", first, first.AddHours(1), None)).Single().Changes.ShouldBe(1, "a clock was ahead then");
        (await Store.Reader.LagsAsync("other", first, Clock.Now, None)).ShouldBeEmpty();
    }

    private async Task PayAsync(long run, string text, long tokens)
    {
        var receipt = new EmbeddingReceipt
        {
            Run = run,
            Cause = EmbeddingCause.Text,
            Usage = new EmbeddingUsage(1, 1, tokens),
            PricePerMillionTokens = 0.5m,
        };
        await Store.Embeddings.PutAsync(
            TestVector.Space, [TestVector.Stored(text) with { Tokens = tokens }], replace: false, receipt, None);
    }

    private async Task<DocumentWrite> ChangedAsync(StoreScribe run, string id, TimeSpan lag, bool load) =>
        await run.PutOfAsync(id, id) with { Changed = new ChangeMoment(Clock.Now - lag, load) };
}
