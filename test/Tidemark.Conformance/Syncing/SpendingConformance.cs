using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Records;
using Tidemark.Syncing;
using Tidemark.Verifying;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Syncing;

/// <summary>What the engine promises about money, on any store. A dollar buys a token.</summary>
public abstract class SpendingConformance : StoreConformance
{
    private const decimal DollarForAToken = 1_000_000;
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Nothing_is_sent_that_would_exceed_the_budget_and_what_fits_is_committed()
    {
        var bench = Bench();
        var source = Source(10);

        var first = await bench.SyncAsync(source, Within(3.5m));
        var second = await bench.SyncAsync(source, Within(4));
        var last = await bench.SyncAsync(source, Within(4));

        (first.Outcome, first.Documents.Added, first.Embedding.Cost).ShouldBe((RunOutcome.Budget, 3, 3));
        first.Budget.ShouldNotBeNull().Spent.ShouldBe(3);
        (second.Outcome, second.Documents.Added).ShouldBe((RunOutcome.Budget, 4));
        (last.Outcome, last.Documents.Added, last.Documents.Skipped).ShouldBe((RunOutcome.Succeeded, 3, 7));
        bench.Generator.Asked.Count.ShouldBe(10, "nothing is paid twice");
    }

    [Fact]
    public async Task The_providers_own_usage_counts_not_the_estimate()
    {
        var bench = Bench();
        bench.RequestSize = 1;
        bench.Generator.Usage = texts => texts.Count * 3;

        var report = await bench.SyncAsync(Source(10), Within(7));

        (report.Outcome, report.Embedding.Inputs, report.Embedding.Cost).ShouldBe((RunOutcome.Budget, 3, 9),
            "6 were spent, and the estimate of the next is 1");
    }

    [Fact]
    public async Task A_repair_keeps_to_the_budget_as_well()
    {
        var bench = Bench();
        var engine = new VerifyEngine(bench.Store, bench.Pipeline, TimeProvider.System);
        await bench.SyncAsync(Source(3));

        var report = await engine.VerifyAsync(
            new VerifyOptions { Sources = [Source(10)], Repair = true, Spending = new SpendingLimits(4.5m, null) }, None);

        (report.InSync, report.Source.Missing, report.EmbeddingCalls).ShouldBe((false, 3, 4));
        bench.Generator.Asked.Count.ShouldBe(7);
    }

    [Fact]
    public async Task A_run_that_the_budget_ends_infers_no_deletion()
    {
        var bench = Bench();
        await bench.SyncAsync(Source(3));

        var report = await bench.SyncAsync(new ScriptedSource("s", [Upsert("d0", "new")]), Within(0));

        (report.Outcome, report.Documents.Deleted).ShouldBe((RunOutcome.Budget, 0));
        (await bench.ExportAsync()).ShouldContain("d2");
    }

    [Fact]
    public async Task What_needs_no_new_vector_needs_no_money()
    {
        var bench = Bench();
        await bench.SyncAsync(Source(3));

        var report = await bench.SyncAsync(
            new ScriptedSource("s", [Upsert("d0", "t000", """{"a":1}"""), Upsert("moved", "t001"), Upsert("d2", "t002")]), Within(0));

        report.Outcome.ShouldBe(RunOutcome.Succeeded);
        (report.Documents.Updated, report.Documents.Moved, report.Embedding.Reused).ShouldBe((1, 1, 1));
        report.Embedding.Avoided.Reused.ShouldBe(1);
    }

    [Fact]
    public async Task A_rebuild_that_the_budget_ends_goes_on_where_it_stopped()
    {
        var bench = Bench();
        var source = Source(6);
        await bench.SyncAsync(source);
        bench.Space = "other:32";

        var stopped = await bench.SyncAsync(source, r => Within(2)(r) with { Rebuild = true });
        (await Store.Reader.NamespaceAsync("default", None))!.Generation!.Pipeline.Space.ShouldBe("counting:32");
        var done = await bench.SyncAsync(source, r => r with { Rebuild = true });

        (stopped.Outcome, stopped.Embedding.Inputs).ShouldBe((RunOutcome.Budget, 2));
        (done.Outcome, done.Embedding.Inputs).ShouldBe((RunOutcome.Succeeded, 4));
        (await Store.Reader.NamespaceAsync("default", None))!.Generation!.Pipeline.Space.ShouldBe("other:32");
    }

    [Fact]
    public async Task A_budget_for_a_model_without_a_price_is_refused()
    {
        var bench = Bench();
        bench.Price = null;

        (await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(Source(1), Within(5)))).Code
            .ShouldBe(ErrorCodes.BudgetUnpriced);
        (await Should.ThrowAsync<TidemarkException>(() => bench.PlanAsync(Source(1), Within(5)))).Code
            .ShouldBe(ErrorCodes.BudgetUnpriced);
        (await bench.SyncAsync(Source(1))).Embedding.Cost.ShouldBeNull();
    }

    [Fact]
    public async Task What_was_paid_before_a_run_died_is_in_the_ledger_and_not_paid_again()
    {
        var bench = Bench();
        bench.RequestSize = 2;
        bench.Generator.Lives = 2;

        await Should.ThrowAsync<InvalidOperationException>(() => bench.SyncAsync(Source(10)));
        var run = (await Store.Reader.RunsAsync("default", 1, None))[0];
        var paid = (await Store.Ledger.RunsAsync([run.Id], None)).Single();
        bench.Generator.Lives = int.MaxValue;
        var rerun = await bench.SyncAsync(Source(10));

        (paid.Cause, paid.Sum.Usage, paid.Sum.Cost).ShouldBe((EmbeddingCause.Text, new EmbeddingUsage(2, 4, 4), 4));
        rerun.Embedding.Inputs.ShouldBe(6);
    }

    [Fact]
    public async Task The_months_budget_counts_what_was_paid_before()
    {
        var bench = Bench();
        await bench.SyncAsync(Source(3));

        var report = await bench.SyncAsync(Source(8), r => r with { Spending = new SpendingLimits(100, 5) });

        (report.Outcome, report.Embedding.Inputs).ShouldBe((RunOutcome.Budget, 2));
        report.Budget.ShouldBe(report.Budget! with { Kind = "month", Limit = 5, Spent = 5 });
    }

    [Fact]
    public async Task What_is_advised_where_the_months_budget_is_used_up_helps()
    {
        var bench = Bench();
        await bench.SyncAsync(Source(3));
        SyncOptions WithinMonth(SyncOptions r, decimal limit) => r with { Spending = new SpendingLimits(null, limit), Cleanup = CleanupMode.None };

        var planned = await bench.PlanAsync(Source(8), r => WithinMonth(r, 5));
        (await bench.PlanAsync(Source(8), r => WithinMonth(r, Advised(planned)))).Outcome.ShouldBe(RunOutcome.Succeeded);

        var alone = new ScriptedSource("s", [Upsert("long", string.Join(' ', Enumerable.Repeat("word", 20)))]);
        var stopped = await bench.SyncAsync(alone, r => WithinMonth(r, 5));
        (stopped.Outcome, stopped.Embedding.Inputs).ShouldBe((RunOutcome.Budget, 0));
        (await bench.SyncAsync(alone, r => WithinMonth(r, Advised(stopped)))).Outcome.ShouldBe(RunOutcome.Succeeded);

        var used = await bench.SyncAsync(Source(8), r => WithinMonth(r, 26));
        used.Outcome.ShouldBe(RunOutcome.Budget);
        used.Budget!.Remedy.ShouldContain("wait for the next month");
        Clock.Now = Clock.Now.AddMonths(1);
        (await bench.SyncAsync(Source(8), r => WithinMonth(r, 26))).Outcome.ShouldBe(RunOutcome.Succeeded);

        static decimal Advised(SyncReport report) => decimal.Parse(
            report.Budget!.Remedy.Split("at least $")[1].Split(' ', ':')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(100)]
    public async Task What_others_spend_of_the_month_meanwhile_counts_too(int? ownLimit)
    {
        var bench = Bench();
        bench.RequestSize = 1;
        var others = 0;
        bench.Generator.Before = async _ => await Store.Embeddings.PutAsync(
            new EmbeddingSpace("others:32", CountingGenerator.Dimensions),
            [new StoredEmbedding(ContentHash.Of($"theirs {others++}"), CountingGenerator.VectorOf("theirs"))],
            replace: false,
            new EmbeddingReceipt { Usage = new EmbeddingUsage(1, 1, 2), PricePerMillionTokens = DollarForAToken },
            None);

        var report = await bench.SyncAsync(Source(10), r => r with { Spending = new SpendingLimits(ownLimit, 7) });

        (report.Outcome, report.Embedding.Inputs, others).ShouldBe((RunOutcome.Budget, 3, 3), "3 and their 6 are spent");
        report.Budget.ShouldBe(report.Budget! with { Kind = "month", Limit = 7, Spent = 9 });
    }

    [Fact]
    public async Task What_is_avoided_is_what_it_would_cost_by_the_providers_count()
    {
        var bench = Bench();
        bench.Generator.Usage = texts => texts.Count * 2;
        var first = await bench.SyncAsync(Source(4));

        var second = await bench.SyncAsync(new ScriptedSource(
            "s", [.. Enumerable.Range(0, 4).Select(i => Upsert($"d{i}", $"t{i:000}")), Upsert("copy", "t001")]));

        first.Embedding.AvoidedCost.ShouldBe(0);
        second.Embedding.Avoided.ShouldBe(new AvoidedTokens(Unchanged: 8, Reused: 2));
        second.Embedding.AvoidedCost.ShouldBe(10);
    }

    private SyncBench Bench() => new(Store) { Price = DollarForAToken, Clock = Clock };

    /// <summary>Documents of a token each.</summary>
    private static ScriptedSource Source(int documents) =>
        new("s", [.. Enumerable.Range(0, documents).Select(i => Upsert($"d{i}", $"t{i:000}"))]);

    private static Func<SyncOptions, SyncOptions> Within(decimal usd) =>
        request => request with { Spending = new SpendingLimits(usd, null) };
}
