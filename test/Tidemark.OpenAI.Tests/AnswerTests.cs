using Shouldly;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.ProviderServer;
using Tidemark.Records;
using Xunit;

namespace Tidemark.OpenAI.Tests;

/// <summary>Answers that say 200 and are wrong, and those that only look wrong.</summary>
public sealed class AnswerTests
{
    private const int Documents = 30;

    public static TheoryData<string> WrongOnce =>
    [
        "truncated", "half", "not json", "empty", "html", "no data", "one missing", "one more", "twice", "beyond", "bad base64",
        "null", "a number",
    ];

    [Theory]
    [MemberData(nameof(WrongOnce))]
    public async Task An_answer_that_is_broken_as_a_whole_is_asked_for_again(string wrong)
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = request => request.Number == 0 ? Wrong(wrong) : ProviderReply.Good;

        var report = await bench.SyncAsync(ProviderBench.Documents(Documents));

        report.Outcome.ShouldBe(RunOutcome.Succeeded);
        (await bench.CountRightVectorsAsync()).ShouldBe(Documents);
        bench.Host.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(WrongOnce))]
    public async Task A_provider_that_answers_nothing_else_stops_the_run_and_condemns_no_document(string wrong)
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = _ => Wrong(wrong);

        var failure = await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(ProviderBench.Documents(Documents)));

        failure.Code.ShouldBeOneOf(ErrorCodes.EmbeddingInvalid, ErrorCodes.EmbeddingUnavailable);
        (await bench.Store.Quarantine.ListAsync("default", CancellationToken.None)).ShouldBeEmpty();
        (await bench.CountRightVectorsAsync()).ShouldBe(0);
        bench.Host.Requests.Count.ShouldBeLessThan(60);
    }

    [Fact]
    public async Task Vectors_of_other_dimensions_stop_the_run_and_none_is_stored()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = _ => new ProviderReply.Vectors { Change = vectors => [.. vectors.Select(v => v[..7])] };

        var failure = await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(ProviderBench.Documents(Documents)));

        failure.Code.ShouldBe(ErrorCodes.EmbeddingInvalid);
        failure.Message.ShouldContain("7 dimensions, not 8");
        (await bench.Store.Embeddings.ContainsAsync(bench.Space, [CanaryInput.Hash], CancellationToken.None)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(float.NaN, false)]
    [InlineData(float.PositiveInfinity, false)]
    [InlineData(float.NegativeInfinity, true)]
    [InlineData(0f, true)]
    public async Task One_vector_that_cannot_be_right_fails_its_document_alone(float component, bool asNumbers)
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.FloatEncoding = asNumbers;
        bench.Host.Reply = request => new ProviderReply.Vectors
        {
            Change = vectors => [.. vectors.Select((v, i) =>
                request.Texts[i] == "text number 7" ? Spoil(v, component) : v)],
        };

        var report = await bench.SyncAsync(ProviderBench.Documents(Documents));

        report.Outcome.ShouldBe(RunOutcome.Partial);
        report.Errors.Single().Item.ShouldBe("d0007");
        report.Errors.Single().Code.ShouldBe(ErrorCodes.EmbeddingInvalid);
        (await bench.CountRightVectorsAsync()).ShouldBe(Documents - 1);
        bench.Host.Paid.Where(p => p.Key is not "text number 7" && p.Key != CanaryInput.Text).ShouldAllBe(p => p.Value == 1);
    }

    /// <summary>By it alone shows whether the model is the one that the stored vectors are of.</summary>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(0f)]
    public async Task A_control_sample_without_a_vector_that_can_be_right_stops_the_run_and_nothing_is_stored(float component)
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = request => SpoilControl(request, component);

        var failure = await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(ProviderBench.Documents(Documents)));

        failure.Code.ShouldBe(ErrorCodes.EmbeddingInvalid);
        failure.Message.ShouldContain("even for a plain sentence");
        (await bench.CountRightVectorsAsync()).ShouldBe(0);
        (await bench.Store.Embeddings.ContainsAsync(bench.Space, [ContentHash.Of("text number 7")], CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_control_sample_that_is_wrong_once_costs_its_answer_alone()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = request => request.Number == 0 ? SpoilControl(request, 0) : ProviderReply.Good;

        var report = await bench.SyncAsync(ProviderBench.Documents(Documents));

        report.Outcome.ShouldBe(RunOutcome.Succeeded);
        (await bench.CountRightVectorsAsync()).ShouldBe(Documents);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Vectors_are_put_in_the_order_of_their_index(bool isFloat)
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = _ => new ProviderReply.Vectors { Reversed = true, Float = isFloat };

        await bench.SyncAsync(ProviderBench.Documents(Documents));

        (await bench.CountRightVectorsAsync()).ShouldBe(Documents);
    }

    [Fact]
    public async Task A_server_without_indexes_is_taken_at_its_word()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = _ => new ProviderReply.Vectors { Index = _ => null };

        await bench.SyncAsync(ProviderBench.Documents(Documents));

        (await bench.CountRightVectorsAsync()).ShouldBe(Documents);
    }

    [Theory]
    [InlineData(false, "base64")]
    [InlineData(true, "float")]
    public async Task Either_encoding_can_be_asked_for(bool isFloat, string asked)
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.FloatEncoding = isFloat;

        await bench.SyncAsync(ProviderBench.Documents(Documents));

        bench.Host.Requests.ShouldAllBe(request => request.Encoding == asked);
        (await bench.CountRightVectorsAsync()).ShouldBe(Documents);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"prompt_tokens":0}""")]
    [InlineData("""{"prompt_tokens":-5}""")]
    [InlineData("""{"prompt_tokens":"many"}""")]
    [InlineData("""{"prompt_tokens":1e300}""")]
    [InlineData("""{"prompt_tokens":999999999999}""")]
    public async Task Usage_that_is_missing_or_absurd_is_estimated(string usage)
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Requests = bench.Requests with { Canary = false };
        bench.Host.Reply = _ => new ProviderReply.Vectors { Usage = usage };

        var report = await bench.SyncAsync(ProviderBench.Documents(Documents));

        report.Outcome.ShouldBe(RunOutcome.Succeeded);
        report.Embedding.Tokens.ShouldBe(Enumerable.Range(0, Documents).Sum(i => TokenEstimate.Of($"text number {i}")));
    }

    [Fact]
    public async Task Usage_as_the_provider_counts_it_is_what_is_reported()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Requests = bench.Requests with { Canary = false };

        var report = await bench.SyncAsync(ProviderBench.Documents(Documents));

        report.Embedding.Tokens.ShouldBe(Enumerable.Range(0, Documents).Sum(i => ($"text number {i}".Length / 3) + 1));
        report.Embedding.Requests.ShouldBe(bench.Host.Requests.Count);
        report.Embedding.Inputs.ShouldBe(Documents);
    }

    private static float[] Spoil(float[] vector, float component)
    {
        var spoilt = component == 0 ? new float[vector.Length] : [.. vector];
        spoilt[0] = component;
        return spoilt;
    }

    private static ProviderReply SpoilControl(ProviderRequest request, float component) => new ProviderReply.Vectors
    {
        Change = vectors => [.. vectors.Select((v, i) => request.Texts[i] == CanaryInput.Text ? Spoil(v, component) : v)],
    };

    private static ProviderReply Wrong(string how) => how switch
    {
        "truncated" => new ProviderReply.Vectors { Part = 0.9 },
        "half" => new ProviderReply.Page("""{"object":"list","data":[{"index":0,"embedding":[0.1,0.2"""),
        "not json" => new ProviderReply.Page("vectors!"),
        "empty" => new ProviderReply.Page(""),
        "html" => new ProviderReply.Page("<html><body>Please log in</body></html>"),
        "no data" => new ProviderReply.Page("""{"object":"list","model":"m"}"""),
        "one missing" => new ProviderReply.Vectors { Change = vectors => vectors[1..] },
        "one more" => new ProviderReply.Vectors { Change = vectors => [.. vectors, vectors[0]] },
        "twice" => new ProviderReply.Vectors { Index = _ => 0, Change = vectors => [.. vectors, vectors[0]] },
        "beyond" => new ProviderReply.Vectors { Index = i => i + 1 },
        "bad base64" => new ProviderReply.Page("""{"data":[{"index":0,"embedding":"AAA"}]}"""),
        "null" => new ProviderReply.Page("null"),
        _ => new ProviderReply.Page("17"),
    };
}
