namespace Tidemark.Judging;

/// <summary>
/// How likely a mean this low is if both sides are equally good: then each difference might as well have the other sign (Fisher's
/// randomisation test for pairs). Pure.
/// </summary>
internal static class SignFlipTest
{
    public const int Permutations = 10_000;

    /// <summary>Sums in another order differ in their last bits.</summary>
    private const double Rounding = 1e-9;

    /// <param name="differences">Of each pair: what is tested less what there is.</param>
    /// <param name="seed">The same gives the same.</param>
    /// <returns>
    /// One-sided: the share of sign changes that give a sum as low or lower, the observed one counted among them (Phipson and Smyth,
    /// "Permutation p-values should never be zero", 2010).
    /// </returns>
    public static double ProbabilityOfLoss(IReadOnlyList<double> differences, ulong seed)
    {
        double[] changed = [.. differences.Where(difference => difference != 0)];
        var observed = changed.Sum() + (changed.Sum(Math.Abs) * Rounding);
        var random = new SeededNumbers(seed);
        var asLow = 1;
        for (var i = 0; i < Permutations; i++)
        {
            asLow += SumOf(changed, ref random) <= observed ? 1 : 0;
        }

        return (double)asLow / (Permutations + 1);
    }

    private static double SumOf(double[] differences, ref SeededNumbers random)
    {
        var (sum, bits) = (0.0, 0UL);
        for (var i = 0; i < differences.Length; i++)
        {
            bits = i % 64 == 0 ? random.Next() : bits >> 1;
            sum += (bits & 1) == 0 ? differences[i] : -differences[i];
        }

        return sum;
    }
}
