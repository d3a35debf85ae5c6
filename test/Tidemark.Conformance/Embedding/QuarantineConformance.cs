using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Embedding;
using Xunit;

namespace Tidemark.Conformance.Embedding;

/// <summary>What every <see cref="IQuarantine"/> must do.</summary>
public abstract class QuarantineConformance : StoreConformance
{
    private static readonly CancellationToken None = CancellationToken.None;

    private IQuarantine Quarantine => Store.Quarantine;

    [Fact]
    public async Task An_entry_comes_back_as_it_was_put()
    {
        var entry = Entry("a", "poison");

        await Quarantine.PutAsync([entry], None);

        (await Quarantine.ListAsync("default", None)).ShouldBe([entry]);
        (await Quarantine.FindAsync(TestVector.Space, [entry.Input], None)).ShouldBe([entry]);
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_found_and_once()
    {
        await Quarantine.PutAsync([Entry("a", "poison"), Entry("b", "poison"), Entry("b", "other")], None);

        var found = await Quarantine.FindAsync(
            TestVector.Space, [TestVector.InputOf("poison"), TestVector.InputOf("honey")], None);

        found.Single().Input.ShouldBe(TestVector.InputOf("poison"));
        (await Quarantine.FindAsync(new EmbeddingSpace("elsewhere", 8), [TestVector.InputOf("poison")], None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Namespaces_are_listed_apart_by_document()
    {
        await Quarantine.PutAsync(
            [Entry("b", "1"), Entry("a", "1"), Entry("c", "1") with { Namespace = "other" }], None);

        (await Quarantine.ListAsync("default", None)).Select(entry => entry.Document).ShouldBe(["a", "b"]);
        (await Quarantine.ListAsync("other", None)).Select(entry => entry.Document).ShouldBe(["c"]);
        (await Quarantine.ListAsync("nowhere", None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Putting_a_document_again_keeps_the_time_of_what_stays_and_drops_what_does_not()
    {
        await Quarantine.PutAsync([Entry("a", "stays"), Entry("a", "goes"), Entry("b", "its own")], None);

        await Quarantine.PutAsync(
            [Entry("a", "stays") with { Since = Clock.Now.AddDays(1) }, Entry("a", "comes") with { Since = Clock.Now.AddDays(1) }],
            None);

        var entries = await Quarantine.ListAsync("default", None);
        entries.Count.ShouldBe(3);
        entries.Single(e => e.Input == TestVector.InputOf("stays")).Since.ShouldBe(Clock.Now);
        entries.Single(e => e.Input == TestVector.InputOf("comes")).Since.ShouldBe(Clock.Now.AddDays(1));
        entries.ShouldNotContain(e => e.Input == TestVector.InputOf("goes"));
    }

    [Fact]
    public async Task A_released_document_has_nothing_there_any_more()
    {
        await Quarantine.PutAsync([Entry("a", "1"), Entry("b", "1"), Entry("a", "1") with { Namespace = "other" }], None);

        await Quarantine.ReleaseAsync("default", ["a", "unknown"], None);

        (await Quarantine.ListAsync("default", None)).Select(entry => entry.Document).ShouldBe(["b"]);
        (await Quarantine.ListAsync("other", None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_dropped_namespace_takes_its_entries_along()
    {
        await using (var run = await StoreScribe.OpenAsync(Store))
        {
            await run.PutAsync("a", "1");
        }

        await Quarantine.PutAsync([Entry("a", "1"), Entry("a", "1") with { Namespace = "other" }], None);

        await Store.Maintenance.DropNamespaceAsync("default", TimeSpan.Zero, None);

        (await Quarantine.ListAsync("default", None)).ShouldBeEmpty();
        (await Quarantine.ListAsync("other", None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Garbage_collection_spares_the_vector_by_which_a_changed_model_is_noticed()
    {
        await Store.Embeddings.PutAsync(
            TestVector.Space,
            [TestVector.Stored("garbage"), new StoredEmbedding(CanaryInput.Hash, TestVector.Of("canary"))],
            replace: false,
            EmbeddingReceipt.None,
            None);

        await Store.Maintenance.CollectAsync(Clock.Now.AddDays(1), Clock.Now.AddDays(1), TimeSpan.Zero, dryRun: false, None);

        (await Store.Embeddings.ContainsAsync(TestVector.Space, [CanaryInput.Hash, TestVector.InputOf("garbage")], None))
            .ShouldBe([CanaryInput.Hash]);
    }

    private QuarantinedInput Entry(string document, string text) => new()
    {
        Namespace = "default",
        Document = document,
        Space = TestVector.Space.Name,
        Input = TestVector.InputOf(text),
        Code = ErrorCodes.EmbeddingRefused,
        Message = "no",
        Since = Clock.Now,
    };
}
