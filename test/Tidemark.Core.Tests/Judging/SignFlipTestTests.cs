using Shouldly;
using Tidemark.Judging;
using Xunit;

namespace Tidemark.Core.Tests.Judging;

public sealed class SignFlipTestTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void Losses_alone_are_as_likely_as_all_coins_on_one_side(int losses) =>
        SignFlipTest.ProbabilityOfLoss([.. Enumerable.Repeat(-0.1, losses), .. Enumerable.Repeat(0.0, 40)], seed: 7)
            .ShouldBe(Math.Pow(0.5, losses), 0.015);

    /// <summary>Every sign change counted, instead of some drawn.</summary>
    [Fact]
    public void It_is_near_the_exact_value_of_small_samples()
    {
        double[] differences = [-0.5, -0.3, 0.2, -0.1, 0.4, -0.2, -0.6, 0.1, -0.1, -0.3];
        var asLow = Enumerable.Range(0, 1 << differences.Length).Count(signs =>
            differences.Select((difference, i) => ((signs >> i) & 1) == 0 ? difference : -difference).Sum() <= differences.Sum() + 1e-9);

        SignFlipTest.ProbabilityOfLoss(differences, seed: 1).ShouldBe((double)asLow / (1 << differences.Length), 0.012);
    }

    [Fact]
    public void Nothing_changed_is_certain_and_a_gain_is_no_loss()
    {
        SignFlipTest.ProbabilityOfLoss([0, 0, 0], seed: 1).ShouldBe(1);
        SignFlipTest.ProbabilityOfLoss([.. Enumerable.Repeat(0.1, 20)], seed: 1).ShouldBe(1, 1e-3);
        SignFlipTest.ProbabilityOfLoss([.. Enumerable.Repeat(-0.1, 80)], seed: 1).ShouldBe(1.0 / 10_001, "more signs than one number has bits");
    }

    [Fact]
    public void The_same_seed_gives_the_same()
    {
        double[] differences = [.. Enumerable.Range(0, 50).Select(i => Math.Sin(i) / 3)];

        SignFlipTest.ProbabilityOfLoss(differences, seed: 5).ShouldBe(SignFlipTest.ProbabilityOfLoss(differences, seed: 5));
        SignFlipTest.ProbabilityOfLoss(differences, seed: 5).ShouldNotBe(SignFlipTest.ProbabilityOfLoss(differences, seed: 6));
    }
}
