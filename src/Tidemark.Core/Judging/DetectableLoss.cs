namespace Tidemark.Judging;

/// <summary>How small a loss so many queries can show. Pure.</summary>
internal static class DetectableLoss
{
    /// <summary>Quantiles of the normal distribution: of 95 %, for a one-sided test at 5 %, and of 80 %, its power.</summary>
    private const double OfTest = 1.6449, OfPower = 0.8416;

    /// <param name="differences">Of each pair.</param>
    /// <returns>
    /// The mean loss that is found 80 times of 100: (1.645 + 0.842) · s / √n, with s the standard deviation of the differences, n their number; never less than
    /// the loss that counts at all. Null: with fewer than two nothing is known of their spread.
    /// </returns>
    public static double? Of(IReadOnlyList<double> differences)
    {
        if (differences.Count < 2)
        {
            return null;
        }

        var mean = differences.Average();
        var variance = differences.Sum(difference => (difference - mean) * (difference - mean)) / (differences.Count - 1);
        return Math.Max(GateRule.LeastLoss, (OfTest + OfPower) * Math.Sqrt(variance / differences.Count));
    }
}
