namespace Tidemark.Judging;

/// <summary>What the differences of scored queries come down to. Pure.</summary>
/// <param name="Difference">Their mean; negative: a loss.</param>
/// <param name="P">How likely a mean this low is if both sides are equally good.</param>
/// <param name="LowerBound">The mean is not lower than this, with 95 %.</param>
/// <param name="Detectable">The loss that so many queries show 80 times of 100; null: not known.</param>
internal readonly record struct GateFigures(double Difference, double P, double LowerBound, double? Detectable)
{
    private const ulong Seed = 20_260_101;

    /// <returns>Null: there is nothing to compare.</returns>
    public static GateFigures? Of(IReadOnlyList<double> differences) => differences.Count == 0 ? null : new GateFigures(
        differences.Average(),
        SignFlipTest.ProbabilityOfLoss(differences, Seed),
        MeanBootstrap.LowerBound(differences, Seed),
        DetectableLoss.Of(differences));
}
