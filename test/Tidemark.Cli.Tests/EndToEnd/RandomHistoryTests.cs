using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>After any history of edits the index is what a fresh build gives, and no known text was embedded again.</summary>
public sealed class RandomHistoryTests
{
    private static readonly int Steps = TestNumber.Of("TIDEMARK_STEPS", 8);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_random_history_of_a_folder_ends_where_a_fresh_build_does(int seed)
    {
        using var work = new Workspace();
        var history = new RandomHistory(work, seed);
        var embedded = new HashSet<string>(StringComparer.Ordinal);
        for (var step = 0; step < Steps; step++)
        {
            history.Step();
            var outcome = await work.SyncAsync("docs", "--allow-delete", "--batch-size", (1 + (step * 7)).ToString());

            await work.ShouldEqualFreshBuildAsync("docs");
            var texts = (await work.RunAsync("export")).JsonLines.Select(l => (string)l["text"]!);
            outcome.Inputs.ShouldBe(texts.Count(embedded.Add), $"seed {seed}, step {step}: {outcome.Result}");
            (await work.SyncAsync("docs")).ShouldBeNoOp();
        }
    }
}
