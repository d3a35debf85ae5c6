namespace Tidemark.Archiving;

/// <summary>What a column holds; every value but a number may be null.</summary>
public enum ArchiveKind
{
    /// <summary>A <see cref="long"/>, or null. Times are ticks of 100 ns since 1970-01-01 UTC; false is 0 and true is 1.</summary>
    Number,

    /// <summary>A <see cref="string"/>.</summary>
    Text,

    /// <summary>A <see cref="byte"/> array.</summary>
    Bytes,

    /// <summary>A <see cref="float"/> array.</summary>
    Vector,

    /// <summary>An array of <see cref="ArchivedSpan"/>.</summary>
    Layout,
}
