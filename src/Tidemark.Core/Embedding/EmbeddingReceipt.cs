namespace Tidemark.Embedding;

/// <summary>
/// Where vectors that are being stored come from and what they cost. The store notes run and cause beside each vector and
/// enters the payment into the ledger, in the one transaction that stores the vectors.
/// </summary>
public sealed record EmbeddingReceipt
{
    /// <summary>Vectors that nobody paid for and no run asked for.</summary>
    public static EmbeddingReceipt None { get; } = new();

    /// <summary>The run that asked for them; 0 outside of runs.</summary>
    public long Run { get; init; }

    /// <summary>Why the vectors were made.</summary>
    public EmbeddingCause Cause { get; init; }

    /// <summary>What these vectors took, as the provider reported it: their requests, refused attempts included.</summary>
    public EmbeddingUsage Usage { get; init; }

    /// <summary>What the inputs were estimated at before they were sent, by <see cref="TokenEstimate"/>, not calibrated.</summary>
    public long EstimatedTokens { get; init; }

    /// <summary>USD for a million tokens at that time; null where it was not known.</summary>
    public decimal? PricePerMillionTokens { get; init; }

    /// <summary>
    /// The cause of a vector that takes the place of one that was there. One that was not what was stored was not there: what takes its place
    /// has the cause for which it was made.
    /// </summary>
    public EmbeddingCause CauseOfReplacement => Cause is EmbeddingCause.Supplied ? Cause : EmbeddingCause.Force;

    /// <summary>What is entered into the ledger.</summary>
    /// <param name="replaces">Whether the vectors were asked for although there may be some.</param>
    public EmbeddingReceipt Payment(bool replaces) => replaces ? this with { Cause = CauseOfReplacement } : this;
}
