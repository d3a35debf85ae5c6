namespace Tidemark.Records;

/// <summary>What a store did to put its own records right.</summary>
/// <param name="Rows">How many rows were put right, or taken away.</param>
/// <param name="Lost">Former states that nothing could bring back, and that are gone now; the first of them.</param>
public sealed record RecordMending(long Rows, IReadOnlyList<RecordDamage> Lost)
{
    /// <summary>Nothing was to be done.</summary>
    public static RecordMending None { get; } = new(0, []);
}
