using Shouldly;
using Tidemark.Records;
using Xunit;

namespace Tidemark.OpenAI.Tests;

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
        bench.Host.Paid.Values.ShouldAllBe(times => times == 1);
    }

    [Fact]
    public async Task A_poisonous_input_fails_its_document_alone()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Poison = "arsenic";

        var report = await bench.SyncAsync(ProviderBench.Documents(1000, i => i == 437 ? "pure arsenic" : $"text {i}"));

        report.Outcome.ShouldBe(RunOutcome.Partial);
        report.Errors.Single().Item.ShouldBe("d0437");
        report.Errors.Single().Code.ShouldBe(ErrorCodes.EmbeddingRefused);
        (await bench.CountRightVectorsAsync()).ShouldBe(999);
    }
}
