using Shouldly;
using Tidemark.Judging;
using Xunit;

namespace Tidemark.Core.Tests.Judging;

/// <summary>Where one decision ends and the next begins.</summary>
public sealed class GateRuleTests
{
    [Theory]
    [InlineData(30, -0.03, 0.049, -0.04, 0, GateOutcome.Block)]
    [InlineData(30, -0.03, 0.05, -0.04, 0, GateOutcome.Pass)] // one in twenty: it may be chance
    [InlineData(30, -0.02, 0.001, -0.04, 0, GateOutcome.Pass)] // too small a loss
    [InlineData(30, -0.0200000005, 0.001, -0.0500000005, 0, GateOutcome.Pass)] // as sums are rounded
    [InlineData(30, -0.03, 0.2, -0.05, 0, GateOutcome.Pass)]
    [InlineData(30, -0.03, 0.2, -0.051, 0, GateOutcome.Inconclusive)]
    [InlineData(30, 0.03, 0.001, 0.01, 0, GateOutcome.Pass)] // a gain
    [InlineData(29, -1.0, 0.001, -1.0, 0, GateOutcome.Pass)] // too few queries
    [InlineData(30, 0.5, 1.0, 0.4, 1, GateOutcome.Block)] // one that must be found is lost
    [InlineData(1, 0.0, 1.0, 0.0, 1, GateOutcome.Block)]
    public void Figures_decide(int labelled, double difference, double p, double lowerBound, int lost, GateOutcome outcome) =>
        GateRule.Of(labelled, new GateFigures(difference, p, lowerBound, Detectable: null), lost).ShouldBe(outcome);

    [Fact]
    public void Without_differences_there_are_no_figures() => GateFigures.Of([]).ShouldBeNull();
}
