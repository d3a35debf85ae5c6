using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Embedding;
using Tidemark.OpenAI.Tokens;
using Tidemark.ProviderServer;
using Tidemark.Records;
using Xunit;

namespace Tidemark.OpenAI.Tests;

/// <summary>What a provider finds too long by its own count is cut and sent again, and nothing of it is left out.</summary>
public sealed class TooLongTests
{
    private const int Limit = 100;

    [Theory]
    [InlineData(400, "This model's maximum context length is 100 tokens, however you requested 173 tokens")]
    [InlineData(413, "Input validation error: `inputs` must have less than 100 tokens. Given: 173")]
    [InlineData(400, "the input length exceeds the context length")]
    [InlineData(500, "input (173 tokens) is too large to process. increase the physical batch size (current batch size: 100)")]
    [InlineData(422, "the text is too long")]
    public async Task It_is_cut_and_sent_again(int status, string said)
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = Counting(status, said);
        var text = Digits(110);

        var report = await bench.SyncAsync(ProviderBench.Documents(30, i => i == 17 ? text : $"text {i}"));

        report.Outcome.ShouldBe(RunOutcome.Succeeded);
        report.Documents.Added.ShouldBe(30);
        var parts = bench.Host.Paid.Keys.Where(t => t.Contains("37", StringComparison.Ordinal)).OrderBy(t => text.IndexOf(t, StringComparison.Ordinal));
        string.Concat(parts).ShouldBe(text);
        (await VectorOf(bench, text)).Length.ShouldBe(8);
    }

    [Fact]
    public async Task It_is_not_sent_again_when_nothing_changed_and_comes_back_without_being_paid()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = Counting(400, "maximum context length");
        await bench.SyncAsync(ScriptedSource.Upsert("a", Digits(110)));
        bench.Host.Forget();

        var again = await bench.SyncAsync(ScriptedSource.Upsert("b", Digits(110)), ScriptedSource.Upsert("a", Digits(110)));

        again.Embedding.Reused.ShouldBe(1);
        bench.Host.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_vector_is_the_mean_of_its_parts()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = Counting(400, "maximum context length");
        var text = Digits(40);

        await bench.SyncAsync(ScriptedSource.Upsert("a", text));

        var parts = bench.Host.Paid.Keys.Where(t => t != CanaryInput.Text).ToArray();
        parts.Length.ShouldBe(2);
        var vector = (await VectorOf(bench, text)).ToArray();
        foreach (var part in parts)
        {
            var of = ProviderVectors.Of(bench.Host.Weights, part, 8);
            (vector.Zip(of, (x, y) => x * y).Sum() / Norm(vector) / Norm(of)).ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public async Task A_server_that_finds_everything_too_long_ends_the_run_soon()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = _ => ProviderReply.Error(400, "the text is too long");

        await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(ScriptedSource.Upsert("a", Digits(110))));

        bench.Host.Requests.Count.ShouldBeLessThan(20);
    }

    [Fact]
    public async Task A_text_that_is_too_long_however_short_it_gets_fails_its_document_alone()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = request => request.Texts.Any(t => t.Contains('7')) ? ProviderReply.Error(400, "too long") : ProviderReply.Good;

        var report = await bench.SyncAsync(ProviderBench.Documents(6, i => i == 3 ? Digits(100) : $"text {(char)('a' + i)}"));

        report.Errors.Single().Item.ShouldBe("d0003");
        report.Documents.Added.ShouldBe(5);
        bench.Host.Requests.Count.ShouldBeLessThan(40);
    }

    private static string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"{i} 37 \n"[..^1]));

    private static Func<ProviderRequest, ProviderReply> Counting(int status, string said) => request =>
        request.Texts.Any(text => Cl100kTokens.Instance.Count(text) > Limit) ? ProviderReply.Error(status, said) : ProviderReply.Good;

    private static float Norm(float[] vector) => MathF.Sqrt(vector.Sum(x => x * x));

    private static async Task<ReadOnlyMemory<float>> VectorOf(ProviderBench bench, string text)
    {
        await foreach (var chunk in bench.Store.Reader.ChunksAsync("default", null, withVectors: true, CancellationToken.None))
        {
            if (chunk.Text == text)
            {
                return chunk.Vector!.Value;
            }
        }

        return default;
    }
}
