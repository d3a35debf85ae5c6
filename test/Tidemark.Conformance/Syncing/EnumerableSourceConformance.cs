using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sources;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Conformance.Syncing;

/// <summary>Documents from an enumeration that may fail, end early, or hand over nonsense.</summary>
public abstract class EnumerableSourceConformance : StoreConformance
{
    [Fact]
    public async Task What_is_enumerated_is_indexed_and_what_is_unchanged_is_neither_judged_nor_embedded_again()
    {
        var bench = new SyncBench(Store);

        var first = await SyncAsync(bench, Numbered(1, 600));
        var second = await SyncAsync(bench, Numbered(1, 600));

        first.Documents.Added.ShouldBe(600);
        second.Documents.Skipped.ShouldBe(600);
        second.Latency.Read.Count.ShouldBe(0);
        bench.Generator.Asked.Count.ShouldBe(600);
    }

    [Fact]
    public async Task A_change_of_any_part_of_a_document_is_noticed()
    {
        var bench = new SyncBench(Store);
        var document = new Document { Id = "a", Text = "text" };
        Document[] states =
        [
            document,
            document with { Metadata = DocumentMetadata.Of(("lang", "en")) },
            document with { Tier = "premium" },
            document with { ExpiresAt = DateTimeOffset.UnixEpoch.AddYears(90) },
            document with { SourceId = "other" },
            document with { Text = "other" },
        ];
        foreach (var state in states)
        {
            var report = await SyncAsync(bench, One(state));
            (report.Documents.Added + report.Documents.Updated).ShouldBe(1);
            (await SyncAsync(bench, One(state))).Documents.Skipped.ShouldBe(1);
        }

        bench.Generator.Asked.ShouldBe(["text", "other"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    public async Task An_enumeration_that_fails_keeps_what_came_before_and_deletes_nothing(int before)
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench, Numbered(1, 400));

        var report = await SyncAsync(bench, Failing(before), CleanupMode.Full);

        report.Outcome.ShouldBe(RunOutcome.Partial);
        report.Documents.Deleted.ShouldBe(0);
        report.Documents.Added.ShouldBe(before);
        report.Guard.ShouldBeNull();
        var failure = report.Errors.ShouldHaveSingleItem();
        failure.Item.ShouldBe($"document {before + 1}");
        failure.Message.ShouldContain("the connection is gone");
        failure.Code.ShouldBe(ErrorCodes.SourceUnreadable);
        (await LiveAsync()).Count.ShouldBe(400 + before);
    }

    [Fact]
    public async Task Once_the_enumeration_is_whole_what_is_no_longer_there_goes()
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench, Numbered(1, 30));
        await SyncAsync(bench, Failing(1), CleanupMode.Full);

        var report = await SyncAsync(bench, Numbered(1, 25), CleanupMode.Full);

        report.Documents.Deleted.ShouldBe(6);
        (await LiveAsync()).Count.ShouldBe(25);
    }

    [Fact]
    public async Task An_empty_enumeration_is_held_back_by_the_guard()
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench, Numbered(1, 3));

        var report = await SyncAsync(bench, Numbered(1, 0), CleanupMode.Full);

        report.Guard.ShouldNotBeNull().Held.ShouldBe(3);
        (await LiveAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task By_default_only_what_shares_a_listed_source_id_is_replaced()
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench, Of(Part("a", 1), Part("a", 2), Part("b", 1)));

        var report = await SyncAsync(bench, Of(Part("a", 1)));

        report.Cleanup.ShouldBe("incremental");
        report.Documents.Deleted.ShouldBe(1);
        (await LiveAsync()).ShouldBe(["a/1", "b/1"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nul\0")]
    [InlineData("half <half>")]
    public async Task A_document_without_a_usable_id_fails_alone_and_the_listing_is_incomplete(string id)
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench, Numbered(1, 3));

        var report = await SyncAsync(bench, Of(new Document { Id = Halved(id)!, Text = "x" }, Numbered(4)), CleanupMode.Full);

        report.Errors.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.SourceUnidentified);
        report.Documents.Added.ShouldBe(1);
        report.Documents.Deleted.ShouldBe(0);
    }

    [Fact]
    public async Task A_document_that_is_null_fails_alone_and_the_listing_is_incomplete()
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench, Numbered(1, 3));

        var report = await SyncAsync(bench, Of(null!, Numbered(1)), CleanupMode.Full);

        report.Documents.Failed.ShouldBe(1);
        report.Documents.Deleted.ShouldBe(0);
    }

    [Theory]
    [InlineData("nul \0 character")]
    [InlineData("half a pair <half>")]
    [InlineData(null)]
    public async Task A_text_that_no_store_can_keep_fails_and_what_was_indexed_stays(string? text)
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench, Numbered(1, 2));
        var before = await bench.ExportAsync();

        var report = await SyncAsync(bench, Of(Numbered(1) with { Text = Halved(text)! }, Numbered(2)), CleanupMode.Full);

        report.Errors.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.SourceMalformed);
        report.Documents.Deleted.ShouldBe(0);
        (await bench.ExportAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Of_an_id_that_repeats_the_last_document_wins()
    {
        var bench = new SyncBench(Store);

        var report = await SyncAsync(bench, Of(Numbered(1), Numbered(1) with { Text = "the last" }));

        report.Documents.Added.ShouldBe(1);
        (await bench.ExportAsync()).ShouldContain("[the last]");
    }

    [Fact]
    public async Task Tombstones_may_stand_among_the_changes()
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench, Numbered(1, 3));

        var report = await bench.SyncAsync(new EnumerableSource("numbers", Changes()));

        report.Documents.Deleted.ShouldBe(1);
        report.Documents.Added.ShouldBe(1);
        (await LiveAsync()).ShouldBe(["1", "3", "4"]);

        static async IAsyncEnumerable<DocumentChange> Changes()
        {
            await Task.Yield();
            yield return ScriptedSource.Delete("2");
            yield return new DocumentChange.Upsert(Numbered(4));
        }
    }

    [Fact]
    public async Task Cancelling_ends_the_enumeration_and_deletes_nothing()
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench, Numbered(1, 3));
        using var cancel = new CancellationTokenSource();

        var report = await bench.Engine.SyncAsync(
            new SyncOptions { Sources = [new EnumerableSource("numbers", Endless(cancel))], Cleanup = CleanupMode.Full },
            cancel.Token);

        report.Outcome.ShouldBe(RunOutcome.Cancelled);
        report.Documents.Deleted.ShouldBe(0);
    }

    private static Task<SyncReport> SyncAsync(
        SyncBench bench, IAsyncEnumerable<Document> documents, CleanupMode? cleanup = null) =>
        bench.SyncAsync(new EnumerableSource("numbers", documents), request => request with { Cleanup = cleanup });

    /// <summary>An attribute cannot carry half a surrogate pair.</summary>
    private static string? Halved(string? text) => text?.Replace("<half>", "\uD83C", StringComparison.Ordinal);

    private static Document Numbered(int number) => new() { Id = $"{number}", Text = $"number {number}" };

    private static Document Part(string source, int number) =>
        new() { Id = $"{source}/{number}", SourceId = source, Text = $"{source} {number}" };

    private static IAsyncEnumerable<Document> One(Document document) => Of(document);

    private static async IAsyncEnumerable<Document> Of(params Document[] documents)
    {
        await Task.Yield();
        foreach (var document in documents)
        {
            yield return document;
        }
    }

    private static IAsyncEnumerable<Document> Numbered(int first, int count) =>
        Of([.. Enumerable.Range(first, count).Select(n => Numbered(n))]);

    private static async IAsyncEnumerable<Document> Failing(int before)
    {
        await Task.Yield();
        for (var i = 0; i < before; i++)
        {
            yield return Numbered(1_000 + i);
        }

        throw new InvalidOperationException("the connection is gone");
    }

    private static async IAsyncEnumerable<Document> Endless(CancellationTokenSource cancel)
    {
        for (var i = 0; ; i++)
        {
            await Task.Yield();
            yield return Numbered(i);
            if (i == 2_000)
            {
                await cancel.CancelAsync();
            }
        }
    }

    private async Task<List<string>> LiveAsync()
    {
        var ids = new List<string>();
        await foreach (var document in Store.Reader.DocumentsAsync("default", "", CancellationToken.None))
        {
            ids.Add(document.Id);
        }

        return ids;
    }
}
