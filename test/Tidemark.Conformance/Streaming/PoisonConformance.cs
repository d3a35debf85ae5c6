using Shouldly;
using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Conformance.Streaming;

/// <summary>What nothing can be made of is a dead letter, and harms no change.</summary>
public abstract class PoisonConformance : WorkerSuite
{
    private static readonly ItemFailure Unmapped = new("hook/1", ErrorCodes.EventUnmapped, "it has no id", "correct the mapping", HidesDocuments: false);

    [Fact]
    public async Task It_is_a_dead_letter_with_its_reason_and_the_rest_goes_on()
    {
        await EnqueueAsync(Upsert("a", "fine"));
        await BuryAsync(Unmapped);

        var report = await WorkAsync();

        (report.Changes.Done, report.Changes.Dead).ShouldBe((1, 1));
        (await IndexedAsync()).Keys.ShouldBe(["a"]);
        var dead = (await ListAsync()).ShouldHaveSingleItem();
        (dead.Document, dead.Source, dead.State, dead.IsDelete).ShouldBe(("hook/1", "events", QueuedState.Dead, false));
        dead.Failure.ShouldBe(new ChangeFailure(Unmapped.Code, Unmapped.Message, Unmapped.Remedy));
        report.Total.Outcome.ShouldBe(RunOutcome.Partial);
    }

    [Fact]
    public async Task Tried_again_or_sent_again_it_ends_as_before()
    {
        await BuryAsync(Unmapped);
        await WorkAsync();

        (await Store.QueuedChanges.RetryAsync(Namespace, null, None)).ShouldBe(["hook/1"]);
        await WorkAsync();
        (await CountAsync()).ShouldBe((0, 0, 1));
        await BuryAsync(Unmapped with { Message = "it has no text" });
        await WorkAsync();

        (await ListAsync()).ShouldHaveSingleItem().Failure!.Message.ShouldBe("it has no text");
        (await Store.QueuedChanges.DropAsync(Namespace, ["hook/1"], null, None)).ShouldBe(1);
    }

    [Fact]
    public async Task A_namespace_of_which_nothing_else_is_known_has_no_source_by_it()
    {
        await BuryAsync(Unmapped);

        (await WorkAsync()).Changes.Dead.ShouldBe(1);

        (await Store.Reader.SourcesAsync(Namespace, None)).ShouldBeEmpty();
    }

    private async Task BuryAsync(params ItemFailure[] failures)
    {
        await using var index = Bench.ComposeIndex();
        await index.Queue.BuryAsync("events", failures, Namespace, None);
    }
}
