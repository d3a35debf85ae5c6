namespace Tidemark.Embedding;

/// <summary>
/// A request that got no usable answer. Generators throw it so that the pipeline knows whether to wait, to try again, to
/// halve the batch or to stop.
/// </summary>
public sealed class EmbeddingRequestException(
    EmbeddingFault fault, string code, string message, string remedy, Exception? inner = null)
    : TidemarkException(code, message, remedy, inner)
{
    /// <summary>What the provider said, as one of the kinds that the pipeline knows how to handle.</summary>
    public EmbeddingFault Fault { get; } = fault;

    /// <summary>How long the provider asks to wait; null: it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The input has more than the model takes: it is cut in two, and both are sent.</summary>
    public bool IsTooLong { get; init; }
}
