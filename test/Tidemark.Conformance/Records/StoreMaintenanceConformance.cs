using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Embedding;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Conformance.Records;

/// <summary>What every <see cref="IStoreMaintenance"/> must do.</summary>
public abstract class StoreMaintenanceConformance : StoreConformance
{
    [Fact]
    public async Task A_dropped_namespace_is_gone_and_its_embeddings_stay()
    {
        await using (var other = await StoreScribe.OpenAsync(Store, "other"))
        {
            await other.PutAsync("a", "theirs");
        }

        await using (var run = await StoreScribe.OpenAsync(Store))
        {
            await run.PutAsync("a", "1");
            await run.PutAsync("a", "2");
        }

        await Store.Maintenance.DropNamespaceAsync("default", TimeSpan.Zero, default);

        (await Store.Reader.NamespacesAsync(default)).Single().Name.ShouldBe("other");
        (await Store.Embeddings.ContainsAsync(
            TestVector.Space, [TestVector.InputOf("1"), TestVector.InputOf("2")], default)).Count.ShouldBe(2);
        await using var again = await StoreScribe.OpenAsync(Store);
        (await again.GlanceAsync("a")).ShouldBe(default);
        again.Source.LiveDocuments.ShouldBe(0);
        (await again.PutAsync("a", "3")).Sequence.ShouldBe(1);
        (await again.ChunksAsync()).Single().Text.ShouldBe("3");
    }

    [Fact]
    public async Task A_compacted_store_is_what_it_was_and_goes_on()
    {
        await using (var run = await StoreScribe.OpenAsync(Store))
        {
            for (var i = 0; i < 40; i++)
            {
                await run.PutAsync($"d{i}", $"text {i} {new string('x', 20_000)}");
            }
        }

        await using (var other = await StoreScribe.OpenAsync(Store, "other"))
        {
            await other.PutAsync("a", "stays");
        }

        await Store.Maintenance.DropNamespaceAsync("default", TimeSpan.Zero, default);
        await Store.Maintenance.CollectAsync(DateTimeOffset.UtcNow.AddYears(1), DateTimeOffset.UtcNow.AddYears(1), TimeSpan.Zero, dryRun: false, default);
        var before = await Store.Maintenance.SizeAsync(default);

        await Store.Maintenance.CompactAsync(TimeSpan.Zero, default);

        ShouldBeSmaller(await Store.Maintenance.SizeAsync(default), before);
        await using var again = await StoreScribe.OpenAsync(Store, "other");
        await again.PutAsync("b", "came later");
        var chunks = await Store.Reader.ChunksAsync("other", null, false, default).Select(chunk => chunk.Text).ToListAsync();
        chunks.ShouldBe(["stays", "came later"]);
        (await Store.Index.CheckAsync("other", default)).IsClean.ShouldBeTrue();
        (await Store.Care.CheckAsync("other", default)).Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_namespace_that_is_not_there_cannot_be_dropped()
    {
        var error = await Should.ThrowAsync<TidemarkException>(async () =>
            await Store.Maintenance.DropNamespaceAsync("nobody", TimeSpan.Zero, default));

        error.Code.ShouldBe(ErrorCodes.NamespaceMissing);
        error.Message.ShouldContain("'nobody'");
    }

    [Fact]
    public async Task A_namespace_is_not_dropped_under_a_run()
    {
        await using var run = await StoreScribe.OpenAsync(Store);

        var error = await Should.ThrowAsync<TidemarkException>(async () =>
            await Store.Maintenance.DropNamespaceAsync("default", TimeSpan.Zero, default));

        error.Code.ShouldBe(ErrorCodes.RunLocked);
    }

    [Fact]
    public async Task Garbage_is_old_history_and_embeddings_that_nothing_needs()
    {
        await ChangeAndRemoveAsync();
        var later = Clock.Now.AddDays(1);

        var planned = await Store.Maintenance.CollectAsync(later, later, TimeSpan.Zero, dryRun: true, default);
        var done = await Store.Maintenance.CollectAsync(later, later, TimeSpan.Zero, dryRun: false, default);
        var again = await Store.Maintenance.CollectAsync(later, later, TimeSpan.Zero, dryRun: false, default);

        (planned with { DryRun = false, Runs = done.Runs }).ShouldBe(done);
        (done.Documents, done.Chunks, done.Embeddings).ShouldBe((2, 2, 2));
        done.Bytes.ShouldBeGreaterThan(0);
        (again.Documents, again.Chunks, again.Embeddings, again.Bytes).ShouldBe((0, 0, 0, 0));
        await using var run = await StoreScribe.OpenAsync(Store);
        (await run.ChunksAsync(withVectors: true)).Select(c => c.Text).ShouldBe(["kept", "new"]);
        (await run.ChunksAsync(withVectors: true)).ShouldAllBe(c => c.Vector != null);
    }

    [Fact]
    public async Task Young_history_keeps_its_embeddings()
    {
        await ChangeAndRemoveAsync();

        var report = await Store.Maintenance.CollectAsync(
            Clock.Now.AddDays(-1), Clock.Now.AddDays(1), TimeSpan.Zero, dryRun: false, default);

        (report.Documents, report.Chunks, report.Embeddings).ShouldBe((0, 0, 0));
    }

    [Theory]
    [InlineData("default", 2)]
    [InlineData("another", 0)]
    public async Task A_namespace_may_keep_its_history_for_another_time(string collected, int documents)
    {
        await ChangeAndRemoveAsync();
        var limits = new HistoryLimits(Clock.Now.AddDays(-1))
        {
            ByNamespace = new Dictionary<string, DateTimeOffset> { [collected] = Clock.Now.AddDays(1) },
        };

        var planned = await Store.Maintenance.CollectAsync(limits, Clock.Now.AddDays(1), TimeSpan.Zero, dryRun: true, default);
        var done = await Store.Maintenance.CollectAsync(limits, Clock.Now.AddDays(1), TimeSpan.Zero, dryRun: false, default);

        (planned with { DryRun = false, Runs = done.Runs }).ShouldBe(done);
        (done.Documents, done.Chunks, done.Embeddings).ShouldBe((documents, documents, documents));
    }

    [Fact]
    public async Task Young_embeddings_are_spared()
    {
        await Store.Embeddings.PutAsync(TestVector.Space, [TestVector.Stored("old")], replace: false, EmbeddingReceipt.None, default);
        Clock.Now = Clock.Now.AddHours(2);
        await Store.Embeddings.PutAsync(TestVector.Space, [TestVector.Stored("young")], replace: false, EmbeddingReceipt.None, default);

        var report = await Store.Maintenance.CollectAsync(Clock.Now, Clock.Now.AddHours(-1), TimeSpan.Zero, dryRun: false, default);

        report.Embeddings.ShouldBe(1);
        (await Store.Embeddings.ContainsAsync(
            TestVector.Space, [TestVector.InputOf("old"), TestVector.InputOf("young")], default))
            .ShouldBe([TestVector.InputOf("young")]);
    }

    /// <summary>What came after by number says how old at least it is, for as long as the clock of today has not caught up.</summary>
    [Theory]
    [InlineData(3650, false)]
    [InlineData(3650, true)]
    [InlineData(20, true)]
    public async Task A_clock_that_was_ahead_once_keeps_nothing_longer_than_the_retention(int daysAhead, bool collectsMeanwhile)
    {
        var today = Clock.Now;
        Clock.Now = today.AddDays(daysAhead);
        await using (var run = await StoreScribe.OpenAsync(Store))
        {
            await run.BeginRunAsync(Clock.Now);
            await PayAsync(run, "unneeded");
            await run.PutAsync("a", "1");
            await run.PutAsync("a", "2");
        }

        Clock.Now = today.AddHours(1);
        await using (var run = await StoreScribe.OpenAsync(Store))
        {
            await run.BeginRunAsync(Clock.Now);
            await run.PutAsync("b", "3");
        }

        if (collectsMeanwhile)
        {
            Clock.Now = today.AddHours(2);
            (await CollectAsync(dryRun: false)).ShouldBe((0, 0, 0), "not old yet");
        }

        Clock.Now = today.AddDays(31);
        (await CollectAsync(dryRun: true)).ShouldBe((1, 1, 1));
        (await CollectAsync(dryRun: false)).ShouldBe((1, 1, 1));

        async Task<(long, long, long)> CollectAsync(bool dryRun)
        {
            var before = Clock.Now.AddDays(-30);
            var report = await Store.Maintenance.CollectAsync(before, before, TimeSpan.Zero, dryRun, default);
            return (report.Documents, report.Chunks, report.Embeddings);
        }
    }

    /// <summary>Nothing says how old it is: it may have come this minute.</summary>
    [Fact]
    public async Task What_came_last_by_a_clock_that_is_ahead_of_today_s_stays()
    {
        await using (var run = await StoreScribe.OpenAsync(Store))
        {
            await run.BeginRunAsync(Clock.Now);
            await PayAsync(run, "unneeded");
            await run.PutAsync("a", "1");
            await run.PutAsync("a", "2");
        }

        Clock.Now = Clock.Now.AddDays(-100);

        var report = await Store.Maintenance.CollectAsync(Clock.Now, Clock.Now, TimeSpan.Zero, dryRun: false, default);

        (report.Documents, report.Chunks, report.Embeddings).ShouldBe((0, 0, 0));
    }

    private Task PayAsync(StoreScribe run, string text) => Store.Embeddings.PutAsync(
        TestVector.Space, [TestVector.Stored(text)], replace: false, new EmbeddingReceipt { Run = run.Run!.Id }, default).AsTask();

    [Fact]
    public async Task A_collected_tombstone_with_a_version_is_still_remembered()
    {
        await using (var run = await StoreScribe.OpenAsync(Store))
        {
            await run.PutAsync(("plain", ["1"]), ("versioned", ["2"]));
            await run.RemoveAsync("plain");
            await run.RemoveAsync("versioned", DocumentState.Removed, new(4, null));
            await run.RemoveAsync("tombstone", DocumentState.Tombstoned);
        }

        await Store.Maintenance.CollectAsync(Clock.Now.AddDays(1), Clock.Now.AddDays(1), TimeSpan.Zero, dryRun: false, default);

        await using var next = await StoreScribe.OpenAsync(Store);
        (await next.GlanceAsync("plain")).State.ShouldBe(DocumentState.Absent);
        (await next.LoadAsync("versioned")).Version.Number.ShouldBe(4);
        (await next.GlanceAsync("tombstone")).State.ShouldBe(DocumentState.Tombstoned);
    }

    [Fact]
    public async Task Size_is_known()
    {
        await using (var run = await StoreScribe.OpenAsync(Store))
        {
            await run.PutAsync("a", "1");
        }

        (await Store.Maintenance.SizeAsync(default)).ShouldBeGreaterThanOrEqualTo(0);
    }

    /// <summary>Leaves "kept" and "new" live, and two former states with one closed chunk each.</summary>
    private async Task ChangeAndRemoveAsync()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(("a", ["kept", "old"]), ("b", ["gone"]));
        await run.PutAsync("a", "kept", "new");
        await run.RemoveAsync("b");
        Clock.Now = Clock.Now.AddHours(1);
    }

    /// <summary>A server need not give everything back, and a model has no size.</summary>
    protected virtual void ShouldBeSmaller(long after, long before) => after.ShouldBeLessThanOrEqualTo(before);
}
