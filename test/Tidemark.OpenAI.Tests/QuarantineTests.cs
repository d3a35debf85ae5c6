using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Embedding;
using Tidemark.ProviderServer;
using Tidemark.Records;
using Xunit;

namespace Tidemark.OpenAI.Tests;

public sealed class QuarantineTests
{
    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task A_poisonous_input_among_thousands_fails_its_document_alone(int status)
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = Poisoned(status);

        var report = await bench.SyncAsync(ProviderBench.Documents(3000, i => i == 1437 ? "pure arsenic" : $"text {i}"));

        report.Outcome.ShouldBe(RunOutcome.Partial);
        report.Documents.Added.ShouldBe(2999);
        report.Documents.Failed.ShouldBe(1);
        var error = report.Errors.Single();
        error.Item.ShouldBe("d1437");
        error.Code.ShouldBe(ErrorCodes.EmbeddingRefused);
        error.Message.ShouldContain("'d1437'");
        error.Message.ShouldNotContain("arsenic");
        (await bench.CountRightVectorsAsync()).ShouldBe(2999);
        bench.Host.Paid.Where(paid => paid.Key != CanaryInput.Text).ShouldAllBe(paid => paid.Value == 1);
        bench.Host.Requests.Count(request => request.Texts.Contains("pure arsenic")).ShouldBeLessThan(10);
    }

    [Theory]
    [InlineData("cannot embed 'the password of the vault is hunter2' here")]
    [InlineData("bad token hunter2")]
    public async Task What_the_provider_repeats_of_a_text_is_kept_nowhere(string said)
    {
        await using var bench = await ProviderBench.StartAsync();
        const string text = "arsenic: the password of the vault is hunter2";
        bench.Host.Reply = request => request.Texts.Contains(text) ? ProviderReply.Error(400, said) : ProviderReply.Good;

        var report = await bench.SyncAsync(ProviderBench.Documents(20, i => i == 7 ? text : $"text {i}"));

        report.Errors.Single().Message.ShouldNotContain("hunter2");
        report.Errors.Single().Message.ShouldContain("400");
        (await bench.Store.Quarantine.ListAsync("default", TestContext.Current.CancellationToken))
            .ShouldHaveSingleItem().Message.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task It_is_not_sent_again_until_its_content_changes()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Poison = "arsenic";
        await bench.SyncAsync(ProviderBench.Documents(20, Arsenic(7)));
        bench.Host.Forget();

        var again = await bench.SyncAsync(ProviderBench.Documents(20, Arsenic(7)));
        again.Outcome.ShouldBe(RunOutcome.Partial);
        again.Errors.Single().Code.ShouldBe(ErrorCodes.EmbeddingQuarantined);
        again.Errors.Single().Message.ShouldContain("2024-05-17");
        bench.Host.Requests.ShouldBeEmpty();

        var mended = await bench.SyncAsync(ProviderBench.Documents(20, i => i == 7 ? "pure sugar" : $"text {i}"));
        mended.Outcome.ShouldBe(RunOutcome.Succeeded);
        (await bench.CountRightVectorsAsync()).ShouldBe(20);
        (await bench.Store.Quarantine.ListAsync("default", CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_former_version_of_its_document_stays()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Poison = "arsenic";
        await bench.SyncAsync(ProviderBench.Documents(20));

        var report = await bench.SyncAsync(ProviderBench.Documents(20, i => i == 7 ? "arsenic" : $"text number {i}"));

        report.Documents.Failed.ShouldBe(1);
        report.Documents.Deleted.ShouldBe(0);
        (await bench.CountRightVectorsAsync()).ShouldBe(20);
    }

    [Fact]
    public async Task Force_sends_it_again()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Poison = "arsenic";
        var documents = ProviderBench.Documents(20, Arsenic(7));
        await bench.SyncAsync(documents);
        bench.Host.Poison = null;

        (await bench.SyncAsync(documents)).Documents.Failed.ShouldBe(1);
        var forced = await bench.SyncAsync(documents, request => request with { Force = true });

        forced.Outcome.ShouldBe(RunOutcome.Succeeded);
        (await bench.CountRightVectorsAsync()).ShouldBe(20);
        (await bench.Store.Quarantine.ListAsync("default", CancellationToken.None)).ShouldBeEmpty();
        (await bench.SyncAsync(documents)).Outcome.ShouldBe(RunOutcome.Succeeded);
    }

    [Fact]
    public async Task A_document_that_goes_takes_it_along()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Poison = "arsenic";
        await bench.SyncAsync(ProviderBench.Documents(2));
        await bench.SyncAsync(ProviderBench.Documents(2, Arsenic(1)));
        (await bench.Store.Quarantine.ListAsync("default", CancellationToken.None)).Count.ShouldBe(1);

        await bench.SyncAsync(ProviderBench.Documents(1));

        (await bench.Store.Quarantine.ListAsync("default", CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_documents_with_the_same_poison_both_fail_and_it_is_sent_alone_once()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Poison = "arsenic";

        var report = await bench.SyncAsync(ProviderBench.Documents(20, i => i is 3 or 15 ? "arsenic" : $"text {i}"));

        report.Errors.Select(error => error.Item).ShouldBe(["d0003", "d0015"], ignoreOrder: true);
        bench.Host.Requests.Count(request => request.Texts.SequenceEqual(["arsenic"])).ShouldBe(1);
        (await bench.Store.Quarantine.ListAsync("default", CancellationToken.None)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_plan_knows_what_would_fail()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Poison = "arsenic";
        var documents = ProviderBench.Documents(20, Arsenic(7));
        await bench.SyncAsync(documents);
        bench.Host.Forget();

        var pipeline = new Tidemark.Syncing.SyncPipeline { Chunker = new ParagraphChunker("1"), Model = bench.EmbeddingModel };
        var plan = await new Tidemark.Syncing.SyncEngine(bench.Store, pipeline, bench.Clock).PlanAsync(
            new Tidemark.Syncing.SyncOptions { Sources = [new ScriptedSource("s", documents)] }, CancellationToken.None);

        plan.Errors.Single().Code.ShouldBe(ErrorCodes.EmbeddingQuarantined);
        plan.Embedding.Inputs.ShouldBe(0);
        bench.Host.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_provider_that_refuses_everything_condemns_nothing()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = _ => ProviderReply.Error(400, "unknown parameter");

        var failure = await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(ProviderBench.Documents(3000)));

        failure.Code.ShouldBe(ErrorCodes.EmbeddingRefused);
        failure.Message.ShouldContain("even for a plain sentence");
        bench.Host.Requests.Count.ShouldBeLessThan(5);
        (await bench.Store.Quarantine.ListAsync("default", CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_provider_that_begins_to_refuse_everything_condemns_nothing()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.BatchSize = 10;
        bench.Requests = bench.Requests with { Concurrency = 1 };
        bench.Host.Reply = request => request.Number < 10 ? ProviderReply.Good : ProviderReply.Error(400, "unknown parameter");

        await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(ProviderBench.Documents(3000)));

        (await bench.Store.Quarantine.ListAsync("default", CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_input_that_makes_the_server_fail_is_found_but_may_be_tried_again()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.BatchSize = 10;
        bench.Host.Reply = Poisoned(500);

        var report = await bench.SyncAsync(ProviderBench.Documents(100, Arsenic(37)));

        report.Errors.Single().Item.ShouldBe("d0037");
        report.Errors.Single().Code.ShouldBe(ErrorCodes.EmbeddingUnavailable);
        (await bench.CountRightVectorsAsync()).ShouldBe(99);
        (await bench.Store.Quarantine.ListAsync("default", CancellationToken.None)).ShouldBeEmpty();
    }

    private static Func<int, string> Arsenic(int place) => i => i == place ? "pure arsenic" : $"text {i}";

    private static Func<ProviderRequest, ProviderReply> Poisoned(int status) => request =>
        request.Texts.Any(text => text.Contains("arsenic", StringComparison.Ordinal))
            ? ProviderReply.Error(status, "one of the inputs is not acceptable")
            : ProviderReply.Good;
}
