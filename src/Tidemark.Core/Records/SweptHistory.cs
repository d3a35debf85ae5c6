namespace Tidemark.Records;

/// <summary>What a collection has removed of the past.</summary>
/// <param name="States">Former states of documents.</param>
/// <param name="Chunks">Closed chunks.</param>
/// <param name="Bytes">What both took.</param>
public readonly record struct SweptHistory(long States, long Chunks, long Bytes)
{
    /// <summary>Both together.</summary>
    public static SweptHistory operator +(SweptHistory a, SweptHistory b) => Add(a, b);

    /// <summary>Both together.</summary>
    public static SweptHistory Add(SweptHistory a, SweptHistory b) => new(a.States + b.States, a.Chunks + b.Chunks, a.Bytes + b.Bytes);
}
