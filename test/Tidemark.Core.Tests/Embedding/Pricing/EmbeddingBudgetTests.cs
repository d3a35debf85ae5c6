using Shouldly;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Xunit;

namespace Tidemark.Tests.Embedding.Pricing;

public sealed class EmbeddingBudgetTests
{
    private const decimal DollarForAToken = 1_000_000;

    [Fact]
    public void As_many_inputs_are_let_through_as_there_is_money_for_and_then_none()
    {
        var budget = new EmbeddingBudget(10, DollarForAToken);

        budget.Reserve([4, 4, 4]).ShouldBe(2);
        budget.IsReached.ShouldBeTrue();
        budget.Reserve([1]).ShouldBe(0);
    }

    [Fact]
    public void What_is_under_way_is_counted_at_its_estimate_and_then_at_what_was_reported()
    {
        var budget = new EmbeddingBudget(10, DollarForAToken);
        budget.Reserve([6]).ShouldBe(1);
        budget.Spent.ShouldBe(0);
        budget.Settle(6, 2);
        budget.Spent.ShouldBe(2);

        budget.Reserve([8]).ShouldBe(1);
        budget.Release(8);

        budget.Reserve([8]).ShouldBe(1);
        budget.Settle(8, 9);
        budget.IsReached.ShouldBeFalse();
        budget.Reserve([0, 1]).ShouldBe(0, "11 were spent of 10");
    }

    [Fact]
    public async Task Many_at_once_never_spend_more_than_there_is()
    {
        const int Limit = 1_000;
        var budget = new EmbeddingBudget(Limit, DollarForAToken);
        long reported = 0, reserved = 0, most = 0;

        await Parallel.ForAsync(0, 2_000, (i, _) =>
        {
            var estimate = 1 + (i % 7);
            if (budget.Reserve([estimate]) == 1)
            {
                InterlockedMost(ref most, Interlocked.Add(ref reserved, estimate));
                using var reservation = new BudgetReservation(budget, estimate);
                if (i % 3 > 0)
                {
                    // Answered in two parts, and the provider counted less than was estimated; a third is never answered.
                    reservation.Settle(1, 1);
                    reservation.Settle(estimate - 1, (estimate - 1) / 2);
                    Interlocked.Add(ref reported, 1 + ((estimate - 1) / 2));
                }

                Interlocked.Add(ref reserved, -estimate);
            }

            return ValueTask.CompletedTask;
        });

        budget.Spent.ShouldBe(reported);
        reported.ShouldBeLessThanOrEqualTo(Limit);
        most.ShouldBeLessThanOrEqualTo(Limit);
        var left = Limit - reported;
        budget.IsReached.ShouldBeTrue();
        left.ShouldBeLessThan(7 * Environment.ProcessorCount + 7, "what was reserved and not used is free again");
    }

    [Fact]
    public void A_reservation_gives_back_what_was_not_used_and_settles_no_more_than_it_holds()
    {
        var budget = new EmbeddingBudget(10, DollarForAToken);
        budget.Reserve([6]).ShouldBe(1);
        using (var reservation = new BudgetReservation(budget, 6))
        {
            reservation.Settle(4, 3);
            reservation.Settle(4, 3); // the same part, asked for again: only what is left of the estimate gives way
        }

        budget.Spent.ShouldBe(6);
        budget.Reserve([4]).ShouldBe(1);
    }

    private static void InterlockedMost(ref long most, long value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    [Fact]
    public void What_costs_nothing_exceeds_nothing()
    {
        var budget = new EmbeddingBudget(0, 0);

        budget.Reserve([long.MaxValue / 4]).ShouldBe(1);
        budget.IsReached.ShouldBeFalse();
    }

    [Theory]
    [InlineData(10, new long[] { 1, 1, 1 }, new long[] { 3, 3, 4 })]
    [InlineData(100, new long[] { 1, 3 }, new long[] { 25, 75 })]
    [InlineData(0, new long[] { 5, 5 }, new long[] { 0, 0 })]
    [InlineData(7, new long[] { 0, 0 }, new long[] { 3, 4 })]
    [InlineData(7, new long[] { }, new long[] { })]
    [InlineData(long.MaxValue, new long[] { long.MaxValue / 2, long.MaxValue / 2 }, new[] { long.MaxValue / 2, (long.MaxValue / 2) + 1 })]
    public void A_requests_tokens_are_shared_out_to_the_last_one(long reported, long[] estimates, long[] shares) =>
        TokenShares.Split(reported, estimates).ShouldBe(shares);
}
