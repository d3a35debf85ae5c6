namespace Tidemark.Records;

/// <summary>What the store knows of an id.</summary>
public enum DocumentState : byte
{
    /// <summary>Never heard of.</summary>
    Absent,

    /// <summary>In the index.</summary>
    Live,

    /// <summary>Gone because a complete listing did not name it; the same version may come back.</summary>
    Removed,

    /// <summary>Gone because the source said so; only a newer version may come back.</summary>
    Tombstoned,

    /// <summary>Gone because its time was over; it may come back under another time.</summary>
    Expired,
}
