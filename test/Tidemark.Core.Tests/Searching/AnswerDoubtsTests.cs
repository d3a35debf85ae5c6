using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Searching;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Tests.Searching;

public sealed class AnswerDoubtsTests : IAsyncDisposable
{
    private readonly SyncBench _bench = new(new InMemoryStore(TimeProvider.System));

    public ValueTask DisposeAsync() => _bench.Store.DisposeAsync();

    [Fact]
    public async Task Of_an_index_without_documents_the_last_run_is_told()
    {
        var run = (await _bench.SyncAsync()).Run;

        (await DoubtAsync()).ShouldSatisfyAllConditions(
            doubt => doubt.Message.ShouldBe($"the index of 'default' has no documents: run {run}, the last one, found none"),
            doubt => doubt.Remedy.ShouldContain("SyncAsync(SOURCE)"));
    }

    [Theory]
    [InlineData(1, "1 document has no text in 'default': there is nothing to find")]
    [InlineData(2, "2 documents have no text in 'default': there is nothing to find")]
    public async Task Of_documents_without_text_that_is_told(int documents, string told)
    {
        await _bench.SyncAsync([.. Enumerable.Range(0, documents).Select(i => Upsert($"{i}", ""))]);

        (await DoubtAsync()).Message.ShouldBe(told);
    }

    [Fact]
    public async Task What_waits_for_a_worker_may_be_what_was_looked_for()
    {
        await _bench.SyncAsync();
        await EnqueueAsync("a");
        (await DoubtAsync()).Message.ShouldBe(
            "the index of 'default' has no documents: 1 change waits in the queue, and nothing of them is found before a worker carries them out");

        await EnqueueAsync("b");
        await _bench.SyncAsync(Upsert("x", "something else"));

        var doubt = await DoubtAsync();
        (doubt.Item, doubt.Code).ShouldBe(("queue", ErrorCodes.SearchEmpty));
        doubt.Message.ShouldStartWith("2 changes wait in the queue");
        doubt.Remedy.ShouldContain("RunWorkerAsync");

        await _bench.Store.Queue.ClaimAsync("default", new ClaimRequest(1, TimeSpan.FromMinutes(1)), CancellationToken.None);
        (await DoubtAsync()).Message.ShouldStartWith("2 changes wait in the queue", customMessage: "what a worker has in hand is not there yet either");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_that_left_something_out_may_have_left_out_what_was_looked_for(bool fails)
    {
        var report = await _bench.SyncAsync(new ScriptedSource("s", [Upsert("a", "alpha")])
        {
            Failures = fails ? [new ItemFailure("b", ErrorCodes.SourceMalformed, "m", "r", HidesDocuments: true)] : [],
        });

        (await DoubtsAsync("beta", MetadataFilter.None)).Select(doubt => doubt.Message).ShouldBe(
            fails ? [$"the index of 'default' may lack documents: run {report.Run}, the last one, ended as 'partial'"] : []);
        (await DoubtsAsync("alpha", MetadataFilter.None)).ShouldBeEmpty("something was found");
        (await DoubtsAsync("alpha", MetadataFilter.None with { Source = "t" })).ShouldHaveSingleItem().Remedy.ShouldBe("there are 's'");
    }

    [Theory]
    [InlineData("docs", "there is no document 'docs', nor one below it", "MetadataFilter.Path(\"docs*\")")]
    [InlineData("docs/", "no document has an id that begins with 'docs/'", "MetadataFilter.Path(\"docs/*\")")]
    [InlineData("docs*", "no document has an id that begins with 'docs*'", null)]
    public async Task A_path_that_nothing_is_below_is_told_with_what_takes_more(string path, string told, string? wider)
    {
        await _bench.SyncAsync(Upsert("a", "alpha"));

        var doubt = (await DoubtsAsync("alpha", MetadataFilter.None with { Path = path })).ShouldHaveSingleItem();

        (doubt.Message, doubt.Item).ShouldBe((told, path));
        doubt.Remedy.ShouldContain("prints the ids");
        doubt.Remedy.Contains("MetadataFilter.Path", StringComparison.Ordinal).ShouldBe(wider is not null);
        doubt.Remedy.ShouldContain(wider ?? "");
    }

    [Theory]
    [InlineData("!tenat?", false)]
    [InlineData("tenat?", true)]
    [InlineData("tenat=a", true)]
    public async Task A_key_that_nothing_has_keeps_nothing_back_where_it_is_to_be_absent(string filter, bool isDoubted)
    {
        await _bench.SyncAsync(Upsert("a", "alpha"));

        var doubts = await DoubtsAsync("beta", MetadataFilter.Parse(filter));

        doubts.Select(doubt => doubt.Item).ShouldBe(isDoubted ? ["tenat"] : []);
        doubts.ShouldAllBe(doubt => doubt.Remedy.Contains("SearchOptions.Filter", StringComparison.Ordinal), "there are no metadata at all");
    }

    [Theory]
    [InlineData(false, null, ": nothing was ever synced into it", "SyncAsync(SOURCE)")]
    [InlineData(true, null, ": run {0} has not ended", "became of it")]
    [InlineData(true, RunOutcome.Succeeded, ": run {0}, the last one, found none", "SyncAsync(SOURCE)")]
    [InlineData(true, RunOutcome.Partial, ": run {0}, the last one, ended as 'partial'", "what failed")]
    [InlineData(true, RunOutcome.Failed, ": run {0}, the last one, ended as 'failed'", "became of it")]
    public async Task What_became_of_the_last_run_is_told_with_what_to_do(bool hasRun, RunOutcome? outcome, string told, string remedy)
    {
        await using var scribe = await StoreScribe.OpenAsync(_bench.Store);
        if (hasRun)
        {
            await scribe.BeginRunAsync(DateTimeOffset.UnixEpoch);
        }

        if (outcome is { } ended)
        {
            await scribe.Session.Catalog.CompleteRunAsync(
                scribe.Run! with { Outcome = ended, FinishedAt = DateTimeOffset.UnixEpoch }, CancellationToken.None);
        }

        var known = (await _bench.Store.Reader.NamespaceAsync("default", CancellationToken.None))!;
        var doubt = (await new AnswerDoubts(_bench.Store, new SearchOptions()).OfEmptyIndexAsync(known, CancellationToken.None)).ShouldHaveSingleItem();

        (doubt.Item, doubt.Code).ShouldBe(("index", ErrorCodes.SearchEmpty));
        doubt.Message.ShouldBe("the index of 'default' has no documents" + told.Replace("{0}", $"{scribe.Run?.Id}", StringComparison.Ordinal));
        doubt.Remedy.ShouldContain(remedy);
    }

    [Fact]
    public async Task A_key_is_told_once_with_those_that_there_are()
    {
        await _bench.SyncAsync(Upsert("a", "alpha", """{"lang":"en","year":1}"""));

        (await DoubtsAsync("alpha", MetadataFilter.Parse("tenat=a", "tenat!=b"))).ShouldHaveSingleItem().Remedy.ShouldBe("there are 'lang', 'year'");
        (await DoubtsAsync("alpha", MetadataFilter.Parse("tenat!=b"))).ShouldHaveSingleItem("it was found, but perhaps for the wrong reason");
    }

    [Fact]
    public async Task Of_a_moment_of_the_past_neither_the_queue_nor_the_last_run_is_told()
    {
        var empty = PointInTime.AfterRun((await _bench.SyncAsync()).Run!.Value);
        var filled = PointInTime.AfterRun((await _bench.SyncAsync(Upsert("a", "alpha"))).Run!.Value);
        await EnqueueAsync("b");

        (await DoubtsAsync("beta", MetadataFilter.None, filled)).ShouldBeEmpty();
        (await DoubtsAsync("beta", MetadataFilter.None with { Source = "t" }, filled)).ShouldHaveSingleItem().Item.ShouldBe("t");
        (await DoubtsAsync("beta", MetadataFilter.None, empty))
            .ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                doubt => (doubt.Item, doubt.Message).ShouldBe(("index", $"the index of 'default' had no documents as of {empty}")),
                doubt => doubt.Remedy.ShouldContain("RunsAsync()"));
    }

    private async Task<ItemWarning> DoubtAsync() => (await DoubtsAsync("beta", MetadataFilter.None)).ShouldHaveSingleItem();

    private async Task<IReadOnlyList<ItemWarning>> DoubtsAsync(string query, MetadataFilter filter, PointInTime? asOf = null) =>
        (await new SearchEngine(_bench.Store, _bench.Pipeline.Model).SearchAsync(
            query, new SearchOptions { Mode = SearchMode.Keyword, Filter = filter, AsOf = asOf }, CancellationToken.None)).Warnings;

    private async Task EnqueueAsync(string document) => await _bench.Store.Queue.EnqueueAsync(
        "default", [new SourceChange("s", Upsert(document, "waits"))], long.MaxValue, CancellationToken.None);
}
