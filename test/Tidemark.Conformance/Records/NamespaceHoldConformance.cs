using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Conformance.Records;

/// <summary>Who may write beside whom.</summary>
public abstract class NamespaceHoldConformance : StoreConformance
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>False for a store whose one lease covers everything.</summary>
    protected virtual bool TakesSeveralWriters => true;

    [Theory]
    [InlineData(NamespaceHold.Exclusive, NamespaceHold.Exclusive)]
    [InlineData(NamespaceHold.Exclusive, NamespaceHold.Shared)]
    [InlineData(NamespaceHold.Shared, NamespaceHold.Exclusive)]
    public async Task An_exclusive_hold_and_any_other_exclude_each_other(NamespaceHold first, NamespaceHold second)
    {
        await using (await OpenAsync(first))
        {
            var error = await Should.ThrowAsync<TidemarkException>(async () => await OpenAsync(second));

            (error.Code, error.IsTransient).ShouldBe((ErrorCodes.RunLocked, true));
        }

        await using var next = await OpenAsync(second);
        next.Catalog.Namespace.Name.ShouldBe("default");
    }

    [Fact]
    public async Task Whoever_waits_gets_the_namespace_once_it_is_free()
    {
        var holder = await OpenAsync(NamespaceHold.Exclusive);
        var waiting = Store.Records.OpenAsync(Request(NamespaceHold.Exclusive, TimeSpan.FromMinutes(1)), None).AsTask();
        waiting.IsCompleted.ShouldBeFalse();

        await holder.DisposeAsync();

        await using var session = await waiting;
        session.Catalog.Namespace.Name.ShouldBe("default");
    }

    [Fact]
    public async Task Two_that_share_a_namespace_write_beside_each_other()
    {
        await using var first = await OpenAsync(NamespaceHold.Shared);
        if (!TakesSeveralWriters)
        {
            (await Should.ThrowAsync<TidemarkException>(async () => await OpenAsync(NamespaceHold.Shared)))
                .Code.ShouldBe(ErrorCodes.RunLocked);
            return;
        }

        await using var second = await OpenAsync(NamespaceHold.Shared);
        var source = await first.Catalog.RegisterSourceAsync("docs", None);
        (await second.Catalog.RegisterSourceAsync("docs", None)).Key.ShouldBe(source.Key);
        var generation = await first.Catalog.CreateGenerationAsync(StoreScribe.Pipeline, follows: false, None);
        (await second.Catalog.CreateGenerationAsync(StoreScribe.Pipeline, follows: false, None)).Id.ShouldBe(generation.Id, "there is one already");

        var one = await first.ApplyAsync(Batch(generation, TestWrites.Put("a", source.Key, ["mine"])), None);
        var two = await second.ApplyAsync(
            Batch(generation, TestWrites.Put("a", source.Key, ["theirs"]), TestWrites.Put("b", source.Key, ["other"])), None);

        (one.Sequence, two.Sequence).ShouldBe((1, 2));
        two.Documents.Select(document => document.Applied).ShouldBe([false, true]);
        two.Documents[0].Key.ShouldBe(one.Documents[0].Key);
    }

    [Fact]
    public async Task A_run_that_is_under_way_elsewhere_is_not_closed_as_failed()
    {
        if (!TakesSeveralWriters)
        {
            return;
        }

        await using var first = await OpenAsync(NamespaceHold.Shared);
        await using (var second = await OpenAsync(NamespaceHold.Shared))
        {
            await first.Catalog.BeginRunAsync(Run(), None);
            await second.Catalog.BeginRunAsync(Run(), None);
            (await Store.Reader.RunsAsync("default", 10, None)).ShouldAllBe(run => run.FinishedAt == null);
        }

        await first.Catalog.BeginRunAsync(Run(), None);

        (await Store.Reader.RunsAsync("default", 10, None)).Select(run => run.Outcome)
            .ShouldBe([null, RunOutcome.Failed, null], "the one whose session is gone");
    }

    private static ApplyBatch Batch(GenerationRecord generation, params DocumentWrite[] writes) => new(generation, 0, writes);

    private static SessionRequest Request(NamespaceHold hold, TimeSpan wait) =>
        new("default", wait, ForPlan: false, KeepText: true) { Hold = hold };

    private RunRecord Run() => new() { Namespace = "default", Command = "sync", Sources = [], StartedAt = Clock.Now };

    private ValueTask<IRecordSession> OpenAsync(NamespaceHold hold) => Store.Records.OpenAsync(Request(hold, TimeSpan.Zero), None);
}
