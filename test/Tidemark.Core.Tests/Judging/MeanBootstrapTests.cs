using Shouldly;
using Tidemark.Judging;
using Xunit;

namespace Tidemark.Core.Tests.Judging;

public sealed class MeanBootstrapTests
{
    [Fact]
    public void Of_equal_values_the_mean_is_certain() => MeanBootstrap.LowerBound([.. Enumerable.Repeat(-0.25, 40)], seed: 1).ShouldBe(-0.25, 1e-12);

    /// <summary>Of many values means are distributed normally: the bound lies 1.645 standard errors below.</summary>
    [Fact]
    public void Of_many_values_it_is_the_bound_of_the_normal_distribution()
    {
        double[] values = [.. Enumerable.Range(0, 400).Select(i => (i % 21 / 10.0) - 1)];
        var deviation = Math.Sqrt(values.Sum(value => (value - values.Average()) * (value - values.Average())) / values.Length);

        MeanBootstrap.LowerBound(values, seed: 3).ShouldBe(values.Average() - (1.645 * deviation / 20), 0.002);
    }

    [Fact]
    public void Five_of_a_hundred_means_lie_below_it()
    {
        double[] values = [0, 1];

        MeanBootstrap.LowerBound(values, seed: 1).ShouldBe(0, "a quarter of the means is 0");
        MeanBootstrap.LowerBound([0, 1, 1, 1, 1], seed: 1).ShouldBe(0.4, 1e-9, "0.0067 of them lie below 0.4, and 0.058 at most there");
    }

    [Fact]
    public void The_same_seed_gives_the_same() =>
        MeanBootstrap.LowerBound([0.1, 0.4, -0.7, 0.33], seed: 9).ShouldBe(MeanBootstrap.LowerBound([0.1, 0.4, -0.7, 0.33], seed: 9));
}
