using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>What ways of keeping an index in step cost, by its own corpus and its own history.</summary>
public sealed class CostModelTests : IDisposable
{
    private static readonly string[] Names = ["nightly-full", "per-write", "change-feed", "hash-based"];

    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_file_knows_what_four_strategies_cost() => await ShouldKnowAsync(_work);

    [Fact]
    public async Task A_server_knows_the_same()
    {
        await using var server = new ServerWorkspace();

        await ShouldKnowAsync(server.Files);
    }

    [Fact]
    public async Task What_is_not_known_is_null_and_says_what_to_do()
    {
        _work.Write("docs/a.md", Prose.Markdown(1));
        (await _work.RunAsync("cost", "--json")).ShouldFail(2, "store.missing");
        await _work.SyncAsync("docs");

        var free = (await _work.RunAsync("cost", "--json")).ShouldExit(0).Json;
        var unpriced = (await _work.RunAsync("cost", "--embedder", "openai:nobodys-model:8", "--churn", "0.5%", "--json")).Json;

        free["churn"]!["daily"].ShouldBeNull();
        Monthly(free["strategies"]!).ShouldBe([0m, null, null, null]);
        Notes(free).ShouldContain("--churn");
        Notes(free).ShouldContain("is free");
        Monthly(unpriced["strategies"]!).ShouldBe([null, null, null, null]);
        ((double)unpriced["churn"]!["daily"]!).ShouldBe(0.005);
        Notes(unpriced).ShouldContain("no price is known for 'openai:nobodys-model:8'");
        (await _work.RunAsync("cost")).ShouldExit(0).Output.ShouldContain("churn is not known");
    }

    [Theory]
    [InlineData("--price", "free")]
    [InlineData("--churn", "120%")]
    [InlineData("--churn", "often")]
    [InlineData("--days", "0")]
    public async Task Wrong_values_are_named(string flag, string value) =>
        (await _work.RunAsync("cost", flag, value, "--json")).ShouldFail(2, "usage");

    [Fact]
    public async Task Two_forms_at_once_are_refused() => (await _work.RunAsync("cost", "--csv", "--json")).ShouldFail(2, "usage");

    private static async Task ShouldKnowAsync(Workspace work)
    {
        work.Write("tidemark.json", """{ "sources": [ "docs" ], "prices": { "hashing:*": 1000 } }""");
        for (var i = 0; i < 10; i++)
        {
            work.Write($"docs/{i}.md", Prose.Markdown(i, 12));
        }

        var load = await work.SyncAsync();
        work.Write("docs/1.md", Prose.Markdown(1, 12) + "\n\nA paragraph that is new.\n");
        var edit = await work.SyncAsync();
        await work.SyncAsync();

        var cost = (await work.RunAsync("cost", "--json")).ShouldExit(0).Json;
        var dearer = (await work.RunAsync("cost", "--price", "2000", "--churn", "1%", "--json")).ShouldExit(0).Json;
        var csv = (await work.RunAsync("cost", "--csv")).ShouldExit(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var human = (await work.RunAsync("cost")).ShouldExit(0).Output;

        var (corpus, churn) = (cost["corpus"]!, cost["churn"]!);
        var (chunks, tokens) = ((long)corpus["chunks"]!, (long)corpus["tokens"]!);
        ((long)corpus["documents"]!).ShouldBe(10);
        tokens.ShouldBeInRange(Tokens(load), Tokens(load) + Tokens(edit), "all of it was embedded once, but for what the edit replaced");
        ((double)churn["daily"]!).ShouldBe(edit.ChunksAdded / (double)chunks, 1e-5);
        ((double)churn["written"]!).ShouldBe(0.1, 1e-5);
        ((long)churn["days"]!).ShouldBe(30);
        cost["strategies"]!.AsArray().Select(one => (string)one!["name"]!).ShouldBe(Names);
        var monthly = Monthly(cost["strategies"]!);
        monthly[0].ShouldBe(tokens * 30 / 1000m);
        monthly[1]!.Value.ShouldBe(tokens * 3 / 1000m, 0.01m, "one of ten documents a day");
        monthly[3]!.Value.ShouldBeLessThan(monthly[2]!.Value);
        ((decimal)cost["saved"]!).ShouldBe((long)cost["savedTokens"]! / 1000m);
        ((decimal)cost["saved"]!).ShouldBeGreaterThan(0);
        cost["projections"]!.AsArray().Count.ShouldBe(15);
        Monthly(dearer["strategies"]!)[0].ShouldBe(tokens * 60 / 1000m);
        csv[0].ShouldBe("scale,churn,strategy,tokens,monthly");
        csv.Length.ShouldBe(1 + (15 * 4));
        csv[1].Split(',')[2].ShouldBe("nightly-full");
        human.ShouldContain("hash-based");
        human.ShouldContain("###");
        human.ShouldContain("saved so far");
    }

    private static long Tokens(SyncOutcome sync) => (long)sync.Json["embedding"]!["tokens"]!;

    private static decimal?[] Monthly(JsonNode strategies) => [.. strategies.AsArray().Select(one => (decimal?)one!["monthly"])];

    private static string Notes(JsonNode cost) => string.Join('\n', cost["notes"]!.AsArray().Select(note => (string)note!));
}
