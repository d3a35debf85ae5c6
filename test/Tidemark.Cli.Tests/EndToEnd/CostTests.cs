using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Money from one end to the other, with the offline model given a price: a dollar for a thousand tokens.</summary>
public sealed class CostTests : IDisposable
{
    private const int Files = 12;
    private const string Priced = """{ "sources": [ "docs" ], "prices": { "hashing:*": 1000 } }""";

    private readonly Workspace _work = new();

    public CostTests()
    {
        _work.Write("tidemark.json", Priced);
        for (var i = 0; i < Files; i++)
        {
            _work.Write($"docs/{i}.md", Prose.Markdown(i));
        }
    }

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_plan_has_the_price_that_the_sync_then_costs_and_the_next_one_avoids()
    {
        var plan = await _work.PlanAsync();
        var sync = await _work.SyncAsync();
        var next = await _work.SyncAsync();

        var price = Money(plan.Json, "price", "cost");
        price.ShouldBeGreaterThan(0);
        price.ShouldBe((long)plan.Json["price"]!["tokens"]! / 1000m);
        ((string)plan.Json["price"]!["currency"]!).ShouldBe("USD");
        Money(sync.Json, "embedding", "cost").ShouldBe(price);
        Money(sync.Json, "embedding", "avoidedCost").ShouldBe(0);
        Money(next.Json, "embedding", "cost").ShouldBe(0);
        Money(next.Json, "embedding", "avoidedCost").ShouldBe(price);
        ((decimal)next.Json["embedding"]!["avoided"]!["unchanged"]!["cost"]!).ShouldBe(price);
        next.ShouldBeNoOp();
    }

    [Fact]
    public async Task A_copy_avoids_what_its_original_cost()
    {
        await _work.SyncAsync();
        _work.Write("docs/copy.md", Prose.Markdown(3));

        var copied = await _work.SyncAsync();

        copied.ShouldEmbed(0);
        ((decimal)copied.Json["embedding"]!["avoided"]!["reused"]!["cost"]!).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_budget_ends_a_run_before_it_is_exceeded_and_reruns_go_on()
    {
        var price = Money((await _work.PlanAsync()).Json, "price", "cost");
        var budget = Invariant(price / 3);
        var (spent, inputs, runs) = (0m, 0L, 0);
        SyncOutcome sync;
        do
        {
            sync = new SyncOutcome(await _work.RunAsync("sync", "--budget", budget, "--json"));
            sync.Result.ExitCode.ShouldBe(sync.Outcome == "budget" ? 5 : 0, sync.Result.ToString());
            var cost = Money(sync.Json, "embedding", "cost");
            cost.ShouldBeLessThanOrEqualTo(price / 3);
            if (sync.Outcome == "budget")
            {
                sync.Added.ShouldBeGreaterThan(0, "what there was money for is committed");
                ((string)sync.Json["budget"]!["kind"]!).ShouldBe("run");
                ((decimal)sync.Json["budget"]!["spent"]!).ShouldBe(cost);
            }

            (spent, inputs, runs) = (spent + cost, inputs + sync.Inputs, runs + 1);
        }
        while (sync.Outcome == "budget" && runs < 20);

        sync.Outcome.ShouldBe("succeeded");
        spent.ShouldBe(price, "nothing is paid twice");
        await _work.ShouldEqualFreshBuildAsync();
    }

    [Fact]
    public async Task A_run_that_the_budget_ends_deletes_nothing_it_has_not_seen()
    {
        await _work.SyncAsync();
        _work.Delete("docs/11.md").Write("docs/0.md", Prose.Markdown(40)).Write("docs/1.md", Prose.Markdown(41));

        var sync = await _work.SyncAsync(5, "--budget", "0");

        (sync.Deleted, sync.Updated).ShouldBe((0, 0));
        _work.Documents(await _work.ExportAsync()).ShouldContain("docs/11.md");
        (await _work.SyncAsync()).ShouldCount(updated: 2, skipped: Files - 3, deleted: 1);
    }

    [Fact]
    public async Task A_plan_that_exceeds_the_budget_says_so()
    {
        var plan = new SyncOutcome((await _work.RunAsync("plan", "--budget", "0.01", "--json")).ShouldExit(5));

        plan.Outcome.ShouldBe("budget");
        plan.Json["changes"]!.AsArray().Count.ShouldBe(Files);
        File.Exists(_work.PathOf(Workspace.Database)).ShouldBeFalse();
        (await _work.RunAsync("plan", "--budget", "0.01")).ShouldExit(5).Errors.ShouldNotContain("spent");
        (await _work.SyncAsync("--budget", Advised(plan))).Outcome.ShouldBe("succeeded");
    }

    [Fact]
    public async Task A_budget_below_the_next_request_is_told_what_that_needs()
    {
        var stopped = await _work.SyncAsync(5, "--budget", "0.000001");
        stopped.ShouldEmbed(0);

        (await _work.SyncAsync(5, "--budget", Advised(stopped))).Inputs.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_months_budget_counts_all_runs_and_alerts_before_it_is_gone()
    {
        var price = Money((await _work.PlanAsync()).Json, "price", "cost");
        _work.Write("tidemark.json", $$"""
            { "sources": [ "docs" ], "prices": { "hashing:*": 1000 }, "cost": { "monthlyBudget": {{Invariant(price + 0.001m)}} } }
            """);
        await _work.SyncAsync();
        _work.Write("docs/new.md", Prose.Markdown(50));

        var stopped = await _work.SyncAsync(5);
        var status = (await _work.RunAsync("status", "--check", "--json")).ShouldExit(4).Json;

        ((string)stopped.Json["budget"]!["kind"]!).ShouldBe("month");
        stopped.ShouldEmbed(0);
        ((decimal)status["cost"]!["month"]!).ShouldBe(price);
        ((decimal)status["cost"]!["budget"]!).ShouldBe(price + 0.001m);
        status["alerts"]!.AsArray().Select(a => (string)a!["code"]!).ShouldContain("cost.budget");
    }

    [Fact]
    public async Task What_a_run_paid_is_in_the_ledger_although_it_ended_early()
    {
        var price = Money((await _work.PlanAsync()).Json, "price", "cost");
        await _work.SyncAsync(5, "--budget", Invariant(price / 2));
        var paid = StoreFile.Scalar(_work.PathOf(Workspace.Database), "SELECT sum(tokens) FROM ledger");

        var run = (await _work.RunAsync("runs", "--json")).Json[0]!;
        var month = (await _work.RunAsync("runs", "--months", "--json")).Json[0]!;

        ((long)run["paid"]!["tokens"]!).ShouldBe(paid);
        ((decimal)run["cost"]!).ShouldBe(paid / 1000m);
        ((decimal)month["cost"]!).ShouldBe(paid / 1000m);
        month["causes"]!.AsArray().Select(c => (string)c!["cause"]!).ShouldBe(["text"]);
    }

    [Fact]
    public async Task Runs_and_months_say_why_money_was_spent()
    {
        await _work.SyncAsync();
        await _work.SyncAsync("--force");
        await _work.SyncAsync("--rebuild", "--embedder", "hashing:64");

        var runs = (await _work.RunAsync("runs", "--json")).ShouldExit(0).Json.AsArray();
        var human = (await _work.RunAsync("runs")).ShouldExit(0).Output;
        var months = (await _work.RunAsync("runs", "--months")).ShouldExit(0).Output;

        runs.Select(r => (string)r!["paid"]!["causes"]![0]!["cause"]!).ShouldBe(["model", "force", "text"]);
        runs.Sum(r => (decimal)r!["cost"]!).ShouldBe(3 * (decimal)runs[^1]!["cost"]!);
        human.ShouldContain("cost");
        human.ShouldContain("force");
        human.ShouldNotContain("\u001b");
        months.ShouldContain("model");
    }

    [Fact]
    public async Task What_is_free_exceeds_no_budget_and_amounts_are_checked()
    {
        _work.Write("tidemark.json", """{ "sources": [ "docs" ] }""");
        (await _work.SyncAsync("--budget", "0")).Outcome.ShouldBe("succeeded", "what is free exceeds no budget");

        (await _work.RunAsync("sync", "--budget", "lots", "--json")).ShouldFail(2, "usage");
        (await _work.RunAsync("sync", "--budget=-1", "--json")).ShouldFail(2, "usage");
    }

    [Fact]
    public async Task Prices_can_be_set_in_the_file_and_the_environment_and_wrong_ones_are_named()
    {
        _work.Write("tidemark.json", """{ "sources": [ "docs" ], "prices": { "hashing:384": 2, "hashing:*": 7 } }""");
        var file = await _work.PlanAsync();
        var environment = (await _work.RunInAsync(
            ".", new Dictionary<string, string> { ["TIDEMARK__COST__PRICEPERMILLIONTOKENS"] = "3" }, "plan", "--json")).Json;
        _work.Write("tidemark.json", """{ "sources": [ "docs" ], "prices": { "hashing:384": -2 } }""");
        var wrong = (await _work.RunAsync("plan", "--json")).ShouldFail(2, "configuration.invalid");

        var tokens = (long)file.Json["price"]!["tokens"]!;
        Money(file.Json, "price", "cost").ShouldBe(tokens * 2 / 1_000_000m);
        Money(environment, "price", "cost").ShouldBe(tokens * 3 / 1_000_000m);
        wrong.ToJsonString().ShouldContain("prices.hashing:384");
    }

    /// <summary>The amount that the remedy names.</summary>
    private static string Advised(SyncOutcome stopped)
    {
        var remedy = (string)stopped.Json["budget"]!["remedy"]!;
        var amount = remedy[(remedy.IndexOf("at least $", StringComparison.Ordinal) + "at least $".Length)..];
        return new string([.. amount.TakeWhile(c => char.IsAsciiDigit(c) || c == '.')]);
    }

    private static decimal Money(JsonNode report, string section, string name) => (decimal)report[section]![name]!;

    private static string Invariant(decimal amount) => amount.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
