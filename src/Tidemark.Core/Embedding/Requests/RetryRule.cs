namespace Tidemark.Embedding.Requests;

/// <summary>Whether and when a failed request is sent again. Pure.</summary>
internal static class RetryRule
{
    private const int AttemptsOfInvalid = 2;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Introduction = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Exponential backoff with full jitter in its upper half: 0.5 to 1 s after the first failure, twice that after each
    /// further one, up to 30 s; what the provider asks for where that is longer, and a little jitter on top.
    /// </summary>
    /// <param name="attempt">How often it was sent; 1 after the first failure.</param>
    /// <param name="jitter">0 to 1.</param>
    public static TimeSpan Delay(int attempt, TimeSpan? asked, double jitter)
    {
        var backoff = First * Math.Pow(2, Math.Min(attempt - 1, 10));
        backoff = (backoff < Longest ? backoff : Longest) * (0.5 + (jitter / 2));
        return asked is { } said ? (said > Shortest ? said : Shortest) + (First * (jitter / 4)) : backoff;
    }

    /// <summary>As long as the provider may be silent; shorter where there never was anybody at its address.</summary>
    public static TimeSpan Patience(EmbeddingRequestOptions options, bool isNobodyThere) =>
        isNobodyThere && Introduction < options.Patience ? Introduction : options.Patience;

    /// <param name="silent">How long the provider has given no vector at all.</param>
    /// <param name="untilPatienceEnds">However many attempts that takes.</param>
    public static RetryVerdict Judge(
        EmbeddingRequestException fault, int attempt, TimeSpan silent, EmbeddingRequestOptions options, bool untilPatienceEnds)
    {
        switch (fault.Fault)
        {
            case EmbeddingFault.Fatal or EmbeddingFault.Refused:
                return RetryVerdict.Stop;
            case EmbeddingFault.Invalid:
                return attempt < AttemptsOfInvalid ? RetryVerdict.Again : RetryVerdict.Stop;
        }

        if (silent >= options.Patience || fault.RetryAfter > options.Patience)
        {
            return RetryVerdict.GiveUp;
        }

        return fault.Fault == EmbeddingFault.RateLimited || untilPatienceEnds || attempt < options.MaxAttempts
            ? RetryVerdict.Again
            : RetryVerdict.Stop;
    }
}

internal enum RetryVerdict
{
    Again,

    /// <summary>This request has failed; others may not.</summary>
    Stop,

    /// <summary>The provider has failed.</summary>
    GiveUp,
}
