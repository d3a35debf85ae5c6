namespace Tidemark.Embedding;

/// <summary>Splits what a provider reports for a whole request among its inputs. Pure.</summary>
public static class TokenShares
{
    /// <summary>
    /// Shares in proportion to the estimates that add up to <paramref name="reported"/>: each is the difference of two
    /// rounded running totals. Without any estimate the shares are equal.
    /// </summary>
    public static long[] Split(long reported, ReadOnlySpan<long> estimates)
    {
        Int128 whole = 0;
        foreach (var estimate in estimates)
        {
            whole += estimate;
        }

        var shares = new long[estimates.Length];
        Int128 before = 0;
        long given = 0;
        for (var i = 0; i < shares.Length; i++)
        {
            before += whole == 0 ? 1 : estimates[i];
            var until = (long)(before * reported / (whole == 0 ? shares.Length : whole));
            shares[i] = until - given;
            given = until;
        }

        return shares;
    }
}
