using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Embedding;
using Tidemark.ProviderServer;
using Tidemark.Records;
using Xunit;

namespace Tidemark.OpenAI.Tests;

/// <summary>How a provider that does nothing wrong is asked.</summary>
public sealed class AskingTests
{
    [Fact]
    public async Task Documents_get_the_vectors_of_their_texts()
    {
        await using var bench = await ProviderBench.StartAsync();

        var report = await bench.SyncAsync(ProviderBench.Documents(250));

        report.Outcome.ShouldBe(RunOutcome.Succeeded);
        report.Embedding.Inputs.ShouldBe(250);
        (await bench.CountRightVectorsAsync()).ShouldBe(250);
        bench.Host.Requests.ShouldAllBe(request => request.Authorization == $"Bearer {ProviderBench.Key}");
        bench.Host.Requests.ShouldAllBe(request => request.Model == "test-model" && request.Dimensions == 8);
        bench.Host.Paid.Values.ShouldAllBe(times => times == 1);
    }

    [Fact]
    public async Task Nothing_is_asked_when_nothing_changed()
    {
        await using var bench = await ProviderBench.StartAsync();
        await bench.SyncAsync(ProviderBench.Documents(20));
        bench.Host.Forget();

        var report = await bench.SyncAsync(ProviderBench.Documents(20));

        report.Documents.Skipped.ShouldBe(20);
        bench.Host.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Inputs_of_small_batches_are_packed_into_full_requests()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = _ => new ProviderReply.Vectors { Latency = TimeSpan.FromMilliseconds(30) };

        await bench.SyncAsync(
            ProviderBench.Documents(1000), request => request with { BatchSize = 10 });

        bench.Host.Requests.Count.ShouldBeLessThanOrEqualTo(13);
        bench.Host.Requests.ShouldAllBe(request => request.Texts.Count <= 100);
    }

    [Fact]
    public async Task Requests_hold_no_more_tokens_than_allowed()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Requests = bench.Requests with { BatchTokens = 1000 };
        var text = new string('x', 700);

        await bench.SyncAsync(ProviderBench.Documents(50, i => $"{text} {i}"));

        bench.Host.Requests.ShouldAllBe(request => request.Texts.Sum(t => TokenEstimate.Of(t)) <= 1000);
    }

    [Fact]
    public async Task Several_requests_are_under_way_but_no_more_than_allowed()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.BatchSize = 10;
        bench.Requests = bench.Requests with { Concurrency = 4 };
        bench.Host.Reply = _ => new ProviderReply.Vectors { Latency = TimeSpan.FromMilliseconds(50) };

        await bench.SyncAsync(ProviderBench.Documents(600));

        bench.Host.MostUnderWay.ShouldBe(4);
    }

    [Fact]
    public async Task A_failed_request_costs_nothing_of_what_its_siblings_brought()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.BatchSize = 10;
        var (siblings, areUnderWay) = (0, new TaskCompletionSource());
        bench.Host.Reply = request =>
        {
            if (request.Texts.Contains("text number 15"))
            {
                return new ProviderReply.Late(areUnderWay.Task, ProviderReply.Error(401));
            }

            if (request.Number > 0 && Interlocked.Increment(ref siblings) == 3)
            {
                areUnderWay.SetResult();
            }

            return new ProviderReply.Vectors { Latency = request.Number == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(100) };
        };

        await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(ProviderBench.Documents(600)));
        var paid = bench.Host.Paid.Keys.ToList();
        paid.Count.ShouldBeGreaterThan(20);
        bench.Host.Reply = _ => ProviderReply.Good;
        await bench.SyncAsync(ProviderBench.Documents(600));

        (await bench.CountRightVectorsAsync()).ShouldBe(600);
        bench.Host.Paid.Where(p => p.Key != CanaryInput.Text).ShouldAllBe(p => p.Value == 1);
    }

    [Fact]
    public async Task Cancelling_keeps_what_is_under_way_and_sends_nothing_more()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.BatchSize = 10;
        bench.Requests = bench.Requests with { Concurrency = 2 };
        using var cancellation = new CancellationTokenSource();
        bench.Host.Reply = request =>
        {
            if (request.Number == 5)
            {
                cancellation.Cancel();
            }

            return new ProviderReply.Vectors { Latency = TimeSpan.FromMilliseconds(50) };
        };

        bench.Stop = cancellation.Token;
        var report = await bench.SyncAsync(ProviderBench.Documents(2000));

        report.Outcome.ShouldBe(RunOutcome.Cancelled);
        bench.Host.Requests.Count.ShouldBeLessThan(10);
        bench.Stop = CancellationToken.None;
        await bench.SyncAsync(ProviderBench.Documents(2000));
        (await bench.CountRightVectorsAsync()).ShouldBe(2000);
        bench.Host.Paid.Where(p => p.Key != CanaryInput.Text).ShouldAllBe(p => p.Value == 1);
    }

    [Fact]
    public async Task A_prefix_goes_before_every_text_and_makes_a_space_of_its_own()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Traits = new SpaceTraits { DocumentPrefix = "passage: ", QueryPrefix = "query: " };

        await bench.SyncAsync(ProviderBench.Documents(10));
        await bench.EmbeddingModel.QueryGenerator!.GenerateAsync(["what?"], options: null, CancellationToken.None);

        bench.Asked.Where(text => text != "query: what?").ShouldAllBe(text => text.StartsWith("passage: "));
        bench.Asked.ShouldContain("query: what?");
        bench.Space.Name.ShouldBe("openai:test-model:8?document=passage%3A%20&query=query%3A%20");
        (await bench.CountRightVectorsAsync()).ShouldBe(10);
    }

    [Fact]
    public async Task Vectors_are_brought_to_unit_length_where_that_is_asked_for()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Traits = new SpaceTraits { Normalize = true };
        bench.Host.Reply = _ => new ProviderReply.Vectors
        {
            Change = vectors => [.. vectors.Select(v => v.Select(x => x * 17).ToArray())],
        };

        await bench.SyncAsync(ProviderBench.Documents(3));

        await foreach (var chunk in bench.Store.Reader.ChunksAsync("default", null, withVectors: true, CancellationToken.None))
        {
            MathF.Sqrt(chunk.Vector!.Value.ToArray().Sum(x => x * x)).ShouldBe(1, 1e-5);
        }
    }

    [Fact]
    public async Task A_server_that_will_not_hear_of_dimensions_is_not_told_them()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = request => request.Dimensions is null
            ? ProviderReply.Good
            : ProviderReply.Error(400, "this model does not support matryoshka representation");

        (await bench.SyncAsync(ProviderBench.Documents(300))).Outcome.ShouldBe(RunOutcome.Succeeded);

        bench.Host.Requests.Count(request => request.Dimensions is not null).ShouldBe(1);
    }

    [Fact]
    public async Task A_model_of_unknown_size_is_asked_once()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Dimensions = null;
        bench.Host.Dimensions = 24;

        (await OpenAIModel.ProbeAsync(bench.Options, bench.Clock, CancellationToken.None)).ShouldBe(24);

        bench.Host.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_model_of_unknown_size_is_asked_again_where_that_may_pass(int status)
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Dimensions = null;
        bench.Host.Reply = request => request.Number < 7 ? ProviderReply.Error(status) : ProviderReply.Good;

        (await OpenAIModel.ProbeAsync(bench.Options, bench.Clock, CancellationToken.None)).ShouldBe(8);

        bench.Host.Requests.Count.ShouldBe(8);
        bench.Clock.Delays.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_model_of_unknown_size_that_waiting_does_not_bring_is_not_asked_again()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Dimensions = null;
        bench.Host.Reply = _ => ProviderReply.Error(404);

        (await Should.ThrowAsync<TidemarkException>(() => OpenAIModel.ProbeAsync(bench.Options, bench.Clock, CancellationToken.None)))
            .Code.ShouldBe(ErrorCodes.EmbeddingModel);
        bench.Host.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_changed_model_is_noticed_before_anything_of_it_is_stored()
    {
        await using var bench = await ProviderBench.StartAsync();
        await bench.SyncAsync(ProviderBench.Documents(20));
        bench.Host.Weights = "second";

        var failure = await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(ProviderBench.Documents(500)));

        failure.Code.ShouldBe(ErrorCodes.EmbeddingChanged);
        failure.Remedy.ShouldContain("EmbeddingSpace.Name");
        bench.Host.Weights = "first";
        (await bench.CountRightVectorsAsync()).ShouldBe(20);
        (await bench.SyncAsync(ProviderBench.Documents(500))).Outcome.ShouldBe(RunOutcome.Succeeded);
        (await bench.CountRightVectorsAsync()).ShouldBe(500);
    }

    [Fact]
    public async Task A_model_that_differs_a_little_from_call_to_call_is_the_same()
    {
        await using var bench = await ProviderBench.StartAsync();
        await bench.SyncAsync(ProviderBench.Documents(20));
        bench.Host.Reply = _ => new ProviderReply.Vectors
        {
            Change = vectors => [.. vectors.Select(v => v.Select((x, i) => x + (i % 2 == 0 ? 1e-3f : -1e-3f)).ToArray())],
        };

        (await bench.SyncAsync(ProviderBench.Documents(40))).Outcome.ShouldBe(RunOutcome.Succeeded);
    }

    [Fact]
    public async Task Another_revision_is_another_space()
    {
        await using var bench = await ProviderBench.StartAsync();
        await bench.SyncAsync(ProviderBench.Documents(20));
        bench.Host.Weights = "second";
        bench.Traits = new SpaceTraits { Revision = "2" };

        var report = await bench.SyncAsync(
            ProviderBench.Documents(20), request => request with { Rebuild = true });

        report.Outcome.ShouldBe(RunOutcome.Succeeded);
        report.Embedding.Inputs.ShouldBe(20);
        (await bench.CountRightVectorsAsync()).ShouldBe(20);
    }

    [Fact]
    public async Task A_rebuild_that_meets_poison_leaves_the_former_generation_answering()
    {
        await using var bench = await ProviderBench.StartAsync();
        await bench.SyncAsync(ProviderBench.Documents(20));
        bench.Host.Poison = "number 7";
        bench.Traits = new SpaceTraits { Revision = "2" };

        var failure = await Should.ThrowAsync<TidemarkException>(
            () => bench.SyncAsync(ProviderBench.Documents(20), request => request with { Rebuild = true }));

        failure.Code.ShouldBe(ErrorCodes.EmbeddingRefused);
        failure.Message.ShouldContain("'d0007'");
        var known = await bench.Store.Reader.NamespaceAsync("default", CancellationToken.None);
        known!.Generation!.Pipeline.Space.ShouldBe("openai:test-model:8");
        known.Chunks.ShouldBe(20);
    }

    [Fact]
    public async Task Two_inputs_that_are_the_same_are_asked_for_once()
    {
        await using var bench = await ProviderBench.StartAsync();

        await bench.SyncAsync(
            ProviderBench.Documents(300, i => $"text {i % 7}"), request => request with { BatchSize = 20 });

        bench.Asked.Count().ShouldBe(7);
        (await bench.CountRightVectorsAsync()).ShouldBe(300);
    }
}
