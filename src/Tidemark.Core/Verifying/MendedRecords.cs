using Tidemark.Records;

namespace Tidemark.Verifying;

/// <summary>What a store could mend of its own records, and what is damaged still.</summary>
/// <param name="Check">As the records are now.</param>
/// <param name="Mended">How many rows were put right.</param>
public sealed record MendedRecords(RecordCheck Check, long Mended)
{
    /// <summary>Former states that nothing could bring back, and that are gone now.</summary>
    public IReadOnlyList<RecordDamage> Lost { get; init; } = [];
}
