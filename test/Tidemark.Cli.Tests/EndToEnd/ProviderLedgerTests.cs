using System.Text.Json.Nodes;
using Shouldly;
using Tidemark.Embedding;
using Tidemark.ProviderServer;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>The ledger against what a provider says that it was asked for: after kills, and with counts of its own.</summary>
public sealed class ProviderLedgerTests
{
    private const int Batch = 10;
    private const int Concurrency = 8;
    private const decimal PricePerMillion = 1_000;

    [Fact]
    public async Task Killed_in_the_middle_the_ledger_has_what_was_paid_for_every_vector_that_is_there()
    {
        const int Documents = 400;
        const int Kills = 3;
        await using var provider = await StartAsync();
        provider.Host.Reply = _ => new ProviderReply.Vectors { Latency = TimeSpan.FromMilliseconds(15) };
        provider.Lines(Documents);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var asked = provider.Host.Requests.Count;
            using var process = provider.Work.Start(["sync", "lines.jsonl", "--json"]);
            while (provider.Host.Requests.Count < asked + 10 && !process.HasExited)
            {
                await Task.Delay(1, CancellationToken.None);
            }

            process.Kill();
            await process.ExitAsync();
            ShouldBalance(provider, runs: kill);
        }

        var rerun = (await provider.SyncAsync()).Json;

        ShouldBalance(provider, runs: Kills + 1);
        (await provider.CountRightVectorsAsync()).ShouldBe(Documents);
        var again = provider.Host.Paid.Where(paid => paid.Key != CanaryInput.Text).Sum(paid => paid.Value - 1);
        again.ShouldBeLessThanOrEqualTo(Kills * 2 * Batch * Concurrency, "only what was under way is paid for again");
        var paid = Scalar(provider, "SELECT sum(tokens) FROM ledger") * PricePerMillion / 1_000_000;
        var status = (await provider.RunAsync("status", "--json")).ShouldExit(0).Json;
        ((decimal)status["cost"]!["month"]!).ShouldBe(paid);
        var runs = (await provider.RunAsync("runs", "--json")).ShouldExit(0).Json.AsArray();
        runs.Count.ShouldBe(Kills + 1);
        runs.Sum(Cost).ShouldBe(paid);
        ((long)rerun["embedding"]!["inputs"]!).ShouldBeLessThan(Documents, "what was stored before a kill is not asked for again");
    }

    [Fact]
    public async Task A_provider_that_counts_twice_the_tokens_is_planned_at_what_it_counts()
    {
        await using var provider = await StartAsync();
        var plain = (long)(await provider.Lines(50).Work.PlanAsync("lines.jsonl")).Json["price"]!["tokens"]!;
        provider.Host.Reply = request => new ProviderReply.Vectors
        {
            Usage = $$"""{"prompt_tokens":{{2 * Estimate(request)}},"total_tokens":{{2 * Estimate(request)}}}""",
        };
        var sync = await provider.SyncAsync();
        plain.ShouldBeGreaterThan(TokenEstimate.Of(CanaryInput.Text), "the control sample is paid for as well");
        Tokens(sync).ShouldBe(2 * plain);

        var price = (await provider.Lines(50, i => $"words number {i}").Work.PlanAsync("lines.jsonl")).Json["price"]!;
        var next = await provider.SyncAsync();

        ((long)price["tokens"]!).ShouldBe(Tokens(next));
        ((decimal)price["cost"]!).ShouldBe((long)price["tokens"]! * PricePerMillion / 1_000_000);
    }

    [Fact]
    public async Task A_plan_is_applied_with_a_model_that_nobody_asked_for_its_dimensions_before()
    {
        await using var provider = await StartAsync("unknown-model");
        await provider.Lines(30).Work.PlanAsync("lines.jsonl", "--out", "plan.json");
        provider.Host.Requests.ShouldBeEmpty("a plan asks for nothing");

        var applied = new SyncOutcome((await provider.RunAsync("apply", "plan.json", "--json")).ShouldExit(0));

        applied.ShouldCount(added: 30).ShouldEmbed(30);
        ((string)applied.Json["embedding"]!["space"]!).ShouldStartWith($"openai:unknown-model:{provider.Host.Dimensions}");
        (await provider.CountRightVectorsAsync()).ShouldBe(30);
    }

    private static async Task<ProviderWorkspace> StartAsync(string model = "test-model:8")
    {
        var provider = await ProviderWorkspace.StartAsync(model: model);
        provider.Work.Environment["TIDEMARK__EMBEDDING__BATCHSIZE"] = $"{Batch}";
        provider.Work.Environment["TIDEMARK__EMBEDDING__CONCURRENCY"] = $"{Concurrency}";
        provider.Work.Environment["TIDEMARK__COST__PRICEPERMILLIONTOKENS"] = $"{PricePerMillion}";
        return provider;
    }

    /// <summary>
    /// Vectors and payment are written in one transaction: neither is there without the other. The canary is paid for by each
    /// run, and stored once.
    /// </summary>
    private static void ShouldBalance(ProviderWorkspace provider, int runs)
    {
        const int Canary = 1;
        const int MostForCanary = 50;
        Scalar(provider, "SELECT count(*) FROM embedding")
            .ShouldBe(Scalar(provider, "SELECT sum(inputs) FROM ledger") + Canary);
        var stored = Scalar(provider, "SELECT sum(tokens) FROM embedding");
        Scalar(provider, "SELECT sum(tokens) FROM ledger").ShouldBeInRange(stored, stored + ((runs - 1) * MostForCanary));
    }

    private static long Scalar(ProviderWorkspace provider, string sql) =>
        StoreFile.Scalar(provider.Work.PathOf(Workspace.Database), sql);

    private static long Estimate(ProviderRequest request) => request.Texts.Sum(text => TokenEstimate.Of(text));

    private static long Tokens(SyncOutcome sync) => (long)sync.Json["embedding"]!["tokens"]!;

    private static decimal Cost(JsonNode? run) => (decimal?)run!["cost"] ?? 0;
}
