using Shouldly;
using Tidemark.Embedding;
using Tidemark.ProviderServer;
using Tidemark.Records;
using Xunit;

namespace Tidemark.OpenAI.Tests;

/// <summary>
/// What a provider may do wrong, one thing at a time: the run ends well or stops cleanly, no vector that is not the text's
/// is stored, and nothing is paid for twice.
/// </summary>
public sealed class FaultTests
{
    private const int Documents = 30;

    public static TheoryData<int, string> FatalStatuses => new()
    {
        { 401, ErrorCodes.EmbeddingKey },
        { 403, ErrorCodes.EmbeddingKey },
        { 404, ErrorCodes.EmbeddingModel },
        { 302, ErrorCodes.EmbeddingEndpoint },
        { 307, ErrorCodes.EmbeddingEndpoint },
        { 402, ErrorCodes.EmbeddingEndpoint },
    };

    [Theory]
    [MemberData(nameof(FatalStatuses))]
    public async Task What_waiting_does_not_mend_stops_the_run_at_once(int status, string code)
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = _ => ProviderReply.Error(status, "no", ("Location", "https://elsewhere.example/v1/embeddings"));

        var failure = await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(ProviderBench.Documents(Documents)));

        failure.Code.ShouldBe(code);
        failure.Remedy.ShouldNotBeEmpty();
        failure.ToString().ShouldNotContain(ProviderBench.Key);
        bench.Host.Requests.Count.ShouldBe(1);
        bench.Clock.Delays.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(408)]
    [InlineData(429)]
    public async Task What_passes_is_waited_for(int status)
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = request => request.Number < 3 ? ProviderReply.Error(status) : ProviderReply.Good;

        var report = await bench.SyncAsync(ProviderBench.Documents(Documents));

        await ShouldBeWholeAsync(bench, report.Outcome);
        bench.Host.Requests.Count.ShouldBe(4);
        bench.Clock.Delays.Count.ShouldBe(3);
        bench.Clock.Delays.ShouldAllBe(delay => delay >= TimeSpan.FromSeconds(0.5) && delay <= TimeSpan.FromSeconds(4));
    }

    [Theory]
    [InlineData("Retry-After", "17", 17)]
    [InlineData("retry-after-ms", "2500", 2.5)]
    [InlineData("Retry-After", "Fri, 17 May 2024 12:01:30 GMT", 90)]
    public async Task What_the_provider_asks_to_wait_is_waited(string header, string value, double seconds)
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = request =>
            request.Number == 0 ? ProviderReply.Error(429, "slower", (header, value)) : ProviderReply.Good;

        var report = await bench.SyncAsync(ProviderBench.Documents(Documents));

        await ShouldBeWholeAsync(bench, report.Outcome);
        bench.Clock.Delays.Max().TotalSeconds.ShouldBeInRange(seconds, seconds + 0.5);
    }

    [Fact]
    public async Task A_provider_that_asks_to_wait_for_a_day_ends_the_run()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = _ => ProviderReply.Error(429, "tomorrow", ("Retry-After", "86400"));

        var failure = await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(ProviderBench.Documents(Documents)));

        failure.Code.ShouldBe(ErrorCodes.EmbeddingRateLimited);
        failure.Message.ShouldContain("86400 s");
        bench.Host.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_account_that_is_used_up_ends_the_run_at_once()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = _ => new ProviderReply.Status(
            429, """{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}""");

        (await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(ProviderBench.Documents(Documents))))
            .Code.ShouldBe(ErrorCodes.EmbeddingRateLimited);
        bench.Host.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_provider_that_dies_for_a_minute_costs_a_minute()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.BatchSize = 5;

        // The clock skips every delay, also those of other requests while one is on the real wire: one at a time.
        bench.Requests = bench.Requests with { Concurrency = 1 };
        DateTimeOffset? died = null;
        bench.Host.Reply = request =>
        {
            died ??= request.Number == 3 ? bench.Clock.GetUtcNow() : null;
            return died is { } since && bench.Clock.GetUtcNow() < since.AddMinutes(1) ? ProviderReply.Error(503) : ProviderReply.Good;
        };

        var report = await bench.SyncAsync(ProviderBench.Documents(500));

        report.Outcome.ShouldBe(RunOutcome.Succeeded);
        (await bench.CountRightVectorsAsync()).ShouldBe(500);
        ShouldPayOnce(bench);
    }

    [Fact]
    public async Task A_provider_that_stays_dead_ends_the_run_and_keeps_what_came_before()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.BatchSize = 10;
        bench.Host.Reply = request => request.Number < 4 ? ProviderReply.Good : ProviderReply.Error(500);

        var failure = await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(ProviderBench.Documents(500)));

        failure.Code.ShouldBe(ErrorCodes.EmbeddingUnavailable);
        failure.Message.ShouldContain("no vector has come for");
        bench.Host.Requests.Count.ShouldBeLessThan(200, "a breaker leaves a dead provider alone");
        (await bench.Store.Reader.RunsAsync("default", 1, CancellationToken.None))[0].Outcome.ShouldBe(RunOutcome.Failed);

        bench.Host.Reply = _ => ProviderReply.Good;
        var report = await bench.SyncAsync(ProviderBench.Documents(500));
        report.Outcome.ShouldBe(RunOutcome.Succeeded);
        (await bench.CountRightVectorsAsync()).ShouldBe(500);
        ShouldPayOnce(bench);
    }

    [Fact]
    public async Task A_broken_connection_is_tried_again()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = request => request.Number < 2 ? new ProviderReply.Reset() : ProviderReply.Good;

        await ShouldBeWholeAsync(bench, (await bench.SyncAsync(ProviderBench.Documents(Documents))).Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Silence_and_an_answer_that_drips_time_out_and_are_tried_again(bool isSilent)
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Requests = new EmbeddingRequestOptions { Timeout = TimeSpan.FromSeconds(0.5) };
        var clock = new Tidemark.Conformance.Support.SkippingClock { Longest = TimeSpan.FromSeconds(0.4) };
        ProviderReply slow = isSilent
            ? new ProviderReply.Silence()
            : new ProviderReply.Vectors { Drip = TimeSpan.FromMilliseconds(200) };
        bench.Host.Reply = request => request.Number == 0 ? slow : ProviderReply.Good;
        using var generator = new OpenAIEmbeddingGenerator(bench.Options, clock);
        var model = bench.EmbeddingModel with { Generator = generator };

        var pipeline = new EmbeddingPipeline(
            new EmbeddingPorts(bench.Store.Embeddings, bench.Store.Quarantine, bench.Store.Ledger, TimeProvider.System)
            {
                Random = () => 0,
            },
            model);
        var input = new EmbeddingInput(Tidemark.Documents.ContentHash.Of("a"), "a", default);
        var result = await pipeline.EmbedAsync([input], default, CancellationToken.None);

        result.Vectors[input.Hash].ToArray().ShouldBe(ProviderVectors.Of("first", "a", 8));
        bench.Host.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_stops_the_run_at_once()
    {
        await using var bench = await ProviderBench.StartAsync(isEncrypted: true);

        var failure = await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(ProviderBench.Documents(Documents)));

        failure.Code.ShouldBe(ErrorCodes.EmbeddingEndpoint);
        failure.Message.ShouldContain("certificate");
        bench.Host.Requests.ShouldBeEmpty();
        bench.Clock.Delays.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_at_the_address_is_waited_for_and_then_told()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.BaseUrl = new Uri("http://127.0.0.1:1/v1");

        var failure = await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(ProviderBench.Documents(Documents)));

        failure.Code.ShouldBe(ErrorCodes.EmbeddingUnavailable);
        failure.Message.ShouldContain("127.0.0.1:1");
    }

    [Fact]
    public async Task Without_a_key_the_provider_itself_is_not_even_asked()
    {
        await using var bench = await ProviderBench.StartAsync();
        using var generator = new OpenAIEmbeddingGenerator(
            new OpenAIOptions { Model = "text-embedding-3-small" }, TimeProvider.System);

        var failure = await Should.ThrowAsync<EmbeddingRequestException>(() => generator.GenerateAsync(["a"]));

        failure.Code.ShouldBe(ErrorCodes.EmbeddingKeyMissing);
        failure.Remedy.ShouldContain("OPENAI_API_KEY");
    }

    [Fact]
    public async Task A_key_that_the_provider_repeats_is_not_told()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = request => request.Texts.Contains("bad text")
            ? ProviderReply.Error(400, $"your key {ProviderBench.Key} is not for this\\u0007 text")
            : ProviderReply.Good;

        var report = await bench.SyncAsync(ProviderBench.Documents(3, i => i == 1 ? "bad text" : $"text {i}"));

        var error = report.Errors.Single();
        error.Message.ShouldContain("your key [key] is not for this");
        error.Message.ShouldNotContain("\u0007");
        (await bench.Store.Quarantine.ListAsync("default", CancellationToken.None)).Single().Message.ShouldNotContain(ProviderBench.Key);
    }

    private static async Task ShouldBeWholeAsync(ProviderBench bench, RunOutcome outcome)
    {
        outcome.ShouldBe(RunOutcome.Succeeded);
        (await bench.CountRightVectorsAsync()).ShouldBe(Documents);
        ShouldPayOnce(bench);
    }

    private static void ShouldPayOnce(ProviderBench bench) =>
        bench.Host.Paid.Where(paid => paid.Key != CanaryInput.Text).ShouldAllBe(paid => paid.Value == 1);
}
