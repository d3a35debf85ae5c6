namespace Tidemark.Records;

/// <summary>What a check of a namespace's records found.</summary>
public sealed record RecordCheck
{
    /// <summary>Damages beyond this many are counted, not listed.</summary>
    public const int MostListed = 1000;

    /// <summary>Nothing was found.</summary>
    public static RecordCheck Sound { get; } = new();

    /// <summary>How many things are damaged.</summary>
    public long Count { get; init; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<RecordDamage> Damages { get; init; } = [];
}
