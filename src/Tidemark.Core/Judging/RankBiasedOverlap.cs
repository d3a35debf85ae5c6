namespace Tidemark.Judging;

/// <summary>
/// How alike two rankings are, the first places counting most (Webber, Moffat and Zobel, "A similarity measure for indefinite rankings",
/// 2010).
/// </summary>
/// <param name="Extrapolated">From 0 to 1, as if they went on as they are (equation 32).</param>
/// <param name="Residual">How much what lies behind their ends could change (equation 30).</param>
public readonly record struct RankBiasedOverlap(double Extrapolated, double Residual)
{
    /// <summary>How likely a reader goes on from one place to the next: the first ten have 86 % of the weight.</summary>
    public const double Persistence = 0.9;

    /// <param name="one">Best first, nothing twice.</param>
    /// <param name="other">The same; it may be longer or shorter.</param>
    public static RankBiasedOverlap Of(IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (shorter, longer) = one.Count <= other.Count ? (one, other) : (other, one);
        if (longer.Count == 0)
        {
            return new RankBiasedOverlap(1, 0);
        }

        int[] common = CommonBy(shorter, longer);
        return new RankBiasedOverlap(Extrapolate(common, shorter.Count, longer.Count), Rest(common[^1], shorter.Count, longer.Count));
    }

    /// <summary>How many the rankings have in common up to each depth, from depth 0 to the end of the longer one.</summary>
    private static int[] CommonBy(IReadOnlyList<string> shorter, IReadOnlyList<string> longer)
    {
        var (seenInShorter, seenInLonger) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var common = new int[longer.Count + 1];
        for (var depth = 1; depth <= longer.Count; depth++)
        {
            common[depth] = common[depth - 1];
            var next = depth <= shorter.Count ? shorter[depth - 1] : null;
            seenInLonger.Add(longer[depth - 1]);
            if (next is not null && seenInShorter.Add(next) && seenInLonger.Contains(next))
            {
                common[depth]++;
            }

            if (longer[depth - 1] != next && seenInShorter.Contains(longer[depth - 1]))
            {
                common[depth]++;
            }
        }

        return common;
    }

    private static double Extrapolate(int[] common, int shorter, int longer)
    {
        var sum = 0.0;
        for (var depth = 1; depth <= longer; depth++)
        {
            var agreement = (double)common[depth] / depth;
            var beyond = depth > shorter && shorter > 0 ? (double)common[shorter] * (depth - shorter) / ((double)shorter * depth) : 0;
            sum += (agreement + beyond) * Math.Pow(Persistence, depth);
        }

        var last = shorter == 0 ? 0 : ((double)(common[longer] - common[shorter]) / longer) + ((double)common[shorter] / shorter);
        return ((1 - Persistence) / Persistence * sum) + (last * Math.Pow(Persistence, longer));
    }

    private static double Rest(int common, int shorter, int longer)
    {
        var all = shorter + longer - common;
        var logarithm = -Math.Log(1 - Persistence) - Series(1, all);
        var inner = (shorter * Series(shorter + 1, all)) + (longer * Series(longer + 1, all)) + (common * logarithm);
        return Math.Pow(Persistence, shorter) + Math.Pow(Persistence, longer) - Math.Pow(Persistence, all)
            - ((1 - Persistence) / Persistence * inner);
    }

    private static double Series(int from, int to)
    {
        var sum = 0.0;
        for (var depth = from; depth <= to; depth++)
        {
            sum += Math.Pow(Persistence, depth) / depth;
        }

        return sum;
    }
}
