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
