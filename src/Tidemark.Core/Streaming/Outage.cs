using Tidemark.Embedding;

namespace Tidemark.Streaming;

/// <summary>Whose fault it is that a batch failed. Pure.</summary>
internal static class Outage
{
    /// <summary>
    /// Whether the model or the store is out of order, or busy: then no change is to blame. What is left is blamed only on a
    /// change that fails alone.
    /// </summary>
    public static bool IsOutage(Exception failure) => failure switch
    {
        OperationCanceledException or EmbeddingRequestException => true,
        TidemarkException e => e.Kind is not (ErrorKind.Item or ErrorKind.Defect),
        _ => false,
    };

    /// <summary>Any failure as one that a person can act on.</summary>
    public static TidemarkException Of(Exception failure) => failure as TidemarkException ?? new TidemarkException(
        ErrorCodes.Internal,
        $"an unexpected failure: {failure.Message}",
        "report it, with what Exception.ToString() prints; nothing was written of the changes concerned, and they are in the queue still",
        failure);
}
