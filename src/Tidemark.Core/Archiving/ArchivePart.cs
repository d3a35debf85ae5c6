namespace Tidemark.Archiving;

/// <summary>Rows of a table that are copied together: both are there afterwards, the rows and the note of them, or neither.</summary>
/// <param name="Table">Whose they are.</param>
/// <param name="Place">The first one is 0.</param>
/// <param name="Rows">How many.</param>
/// <param name="Sum">Of their digests (<see cref="ArchiveDigest"/>), by which it is known again.</param>
public readonly record struct ArchivePart(ArchiveTable Table, int Place, long Rows, UInt128 Sum);
