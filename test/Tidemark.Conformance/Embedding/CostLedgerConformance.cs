using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Xunit;

namespace Tidemark.Conformance.Embedding;

/// <summary>What every <see cref="ICostLedger"/> must do.</summary>
public abstract class CostLedgerConformance : StoreConformance
{
    private static readonly CancellationToken None = CancellationToken.None;

    private LedgerMonth Month => LedgerMonth.Of(Clock.Now);

    [Fact]
    public async Task What_a_run_paid_is_added_up_by_cause()
    {
        await PayAsync(7, EmbeddingCause.Text, tokens: 100);
        await PayAsync(7, EmbeddingCause.Text, tokens: 50);
        await PayAsync(7, EmbeddingCause.Model, tokens: 10);
        await PayAsync(8, EmbeddingCause.Text, tokens: 1);

        var entries = await Store.Ledger.RunsAsync([8, 7, 9], None);

        entries.Select(e => (e.Run, e.Cause, e.Sum.Usage)).ShouldBe(
        [
            (8, EmbeddingCause.Text, new EmbeddingUsage(1, 2, 1)),
            (7, EmbeddingCause.Text, new EmbeddingUsage(2, 4, 150)),
            (7, EmbeddingCause.Model, new EmbeddingUsage(1, 2, 10)),
        ]);
        entries[1].Sum.Cost.ShouldBe(150 * 0.02m / 1_000_000);
        entries[1].Sum.EstimatedTokens.ShouldBe(300);
        entries[1].Sum.Calibration.ShouldBe(0.5m);
    }

    [Fact]
    public async Task A_month_is_a_calendar_month_in_utc()
    {
        Clock.Now = new DateTimeOffset(2024, 5, 31, 23, 59, 59, TimeSpan.Zero);
        await PayAsync(1, EmbeddingCause.Text, tokens: 1_000_000);
        Clock.Now = new DateTimeOffset(2024, 6, 1, 1, 0, 0, TimeSpan.FromHours(2));
        await PayAsync(1, EmbeddingCause.Text, tokens: 500_000);
        Clock.Now = new DateTimeOffset(2024, 6, 1, 0, 0, 0, TimeSpan.Zero);
        await PayAsync(1, EmbeddingCause.Force, tokens: 1_000_000);
        await PayAsync(2, EmbeddingCause.Force, tokens: 1_000_000);

        var may = await Store.Ledger.MonthsAsync(new LedgerMonth(Month.Number - 1), new LedgerMonth(Month.Number - 1), None);
        var both = await Store.Ledger.MonthsAsync(new LedgerMonth(Month.Number - 1), Month, None);

        may.Select(e => (e.Month.ToString(), e.Runs, e.Sum.Cost)).ShouldBe([("2024-05", 1, 0.03m)]);
        both.Select(e => (e.Month.ToString(), e.Cause, e.Runs, e.Sum.Cost)).ShouldBe(
            [("2024-06", EmbeddingCause.Force, 2, 0.04m), ("2024-05", EmbeddingCause.Text, 1, 0.03m)]);
    }

    [Fact]
    public async Task What_nobody_knows_the_price_of_is_no_cost_of_nothing()
    {
        await PayAsync(1, EmbeddingCause.Text, tokens: 1_000_000);
        await PayAsync(1, EmbeddingCause.Text, tokens: 70, price: null);

        var sum = (await Store.Ledger.RunsAsync([1], None)).Single().Sum;

        sum.Cost.ShouldBeNull();
        (sum.KnownCost, sum.UnpricedTokens, sum.Usage.Tokens).ShouldBe((0.02m, 70, 1_000_070));
    }

    [Fact]
    public async Task The_price_is_that_of_the_time()
    {
        await PayAsync(1, EmbeddingCause.Text, tokens: 1_000_000, price: 0.10m);
        await PayAsync(1, EmbeddingCause.Text, tokens: 1_000_000, price: 0.02m);

        (await Store.Ledger.RunsAsync([1], None)).Single().Sum.Cost.ShouldBe(0.12m);
    }

    [Fact]
    public async Task A_payment_without_a_vector_is_entered_too()
    {
        var receipt = Receipt(3, EmbeddingCause.Text, 40, 0.02m);

        await Store.Embeddings.PutAsync(TestVector.Space, [], replace: false, receipt, None);

        (await Store.Ledger.RunsAsync([3], None)).Single().Sum.Usage.Tokens.ShouldBe(40);
    }

    [Fact]
    public async Task Vectors_that_nobody_paid_for_are_no_entry()
    {
        var receipt = new EmbeddingReceipt { Run = 1, Cause = EmbeddingCause.Supplied };

        await Store.Embeddings.PutAsync(TestVector.Space, [TestVector.Stored("a")], replace: true, receipt, None);

        (await Store.Ledger.RunsAsync([1], None)).ShouldBeEmpty();
        (await Store.Ledger.MonthsAsync(Month, Month, None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_replaces_a_vector_was_forced()
    {
        var receipt = Receipt(1, EmbeddingCause.Text, 10, 0.02m);

        await Store.Embeddings.PutAsync(TestVector.Space, [TestVector.Stored("a")], replace: true, receipt, None);

        (await Store.Ledger.RunsAsync([1], None)).Single().Cause.ShouldBe(EmbeddingCause.Force);
    }

    [Fact]
    public async Task A_space_is_added_up_over_all_runs()
    {
        await PayAsync(1, EmbeddingCause.Text, tokens: 100);
        await PayAsync(2, EmbeddingCause.Force, tokens: 50);
        await Store.Embeddings.PutAsync(
            new EmbeddingSpace("other", 8), [], replace: false, Receipt(1, EmbeddingCause.Text, 5, 1), None);

        var sum = await Store.Ledger.SpaceAsync(TestVector.Space, None);

        (sum.Usage.Tokens, sum.EstimatedTokens).ShouldBe((150, 300));
        (await Store.Ledger.SpaceAsync(new EmbeddingSpace("nowhere", 8), None)).ShouldBe(default);
    }

    [Fact]
    public async Task Money_that_was_spent_stays_when_a_namespace_goes()
    {
        await using (var run = await StoreScribe.OpenAsync(Store))
        {
            await run.BeginRunAsync(Clock.Now);
            await PayAsync(run.Run!.Id, EmbeddingCause.Text, tokens: 1_000_000);
        }

        await Store.Maintenance.DropNamespaceAsync("default", TimeSpan.Zero, None);

        (await Store.Ledger.MonthsAsync(Month, Month, None)).Single().Sum.Cost.ShouldBe(0.02m);
    }

    private async Task PayAsync(long run, EmbeddingCause cause, long tokens, decimal? price = 0.02m) =>
        await Store.Embeddings.PutAsync(
            TestVector.Space, [TestVector.Stored("a")], replace: false, Receipt(run, cause, tokens, price), None);

    private static EmbeddingReceipt Receipt(long run, EmbeddingCause cause, long tokens, decimal? price) => new()
    {
        Run = run,
        Cause = cause,
        Usage = new EmbeddingUsage(1, 2, tokens),
        EstimatedTokens = tokens * 2,
        PricePerMillionTokens = price,
    };
}
