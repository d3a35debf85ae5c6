namespace Tidemark.Judging;

/// <summary>
/// Below what the true mean hardly lies: the means of many samples that are drawn, with repetition, from the one that there is (Efron's
/// percentile method). Pure.
/// </summary>
internal static class MeanBootstrap
{
    public const int Resamples = 10_000;

    /// <summary>So many of the means lie below the bound.</summary>
    private const double Tail = 0.05;

    /// <param name="values">At least one.</param>
    /// <param name="seed">The same gives the same.</param>
    /// <returns>The lower end of the one-sided interval that has the mean with 95 %.</returns>
    public static double LowerBound(IReadOnlyList<double> values, ulong seed)
    {
        double[] from = [.. values];
        var random = new SeededNumbers(seed);
        var means = new double[Resamples];
        for (var i = 0; i < Resamples; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < from.Length; j++)
            {
                sum += from[random.Below(from.Length)];
            }

            means[i] = sum / from.Length;
        }

        Array.Sort(means);
        return means[(int)(Tail * Resamples)];
    }
}
