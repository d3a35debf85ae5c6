using Tidemark.Documents;

namespace Tidemark.Postgres.Feeding;

/// <summary>
/// Versions of rows: positions in the database's log, each with room for the parts of a transaction that is too large for one
/// transaction of the store. A row read from a snapshot is older than every transaction that the snapshot does not see, and newer than those
/// that it does.
/// </summary>
internal static class FeedVersion
{
    private const int Shift = 12;

    /// <summary>A commit record is at least so long, in bytes: what lies between belongs to nobody else.</summary>
    private const int CommitBytes = 32;

    /// <summary>Of one transaction.</summary>
    public const int MostParts = CommitBytes << Shift;

    /// <param name="origin">What the positions of this database count from.</param>
    /// <param name="commit">Where the commit's record begins.</param>
    /// <param name="part">From zero.</param>
    public static long OfCommit(long origin, ulong commit, int part) => checked(origin + ((long)commit << Shift) + part);

    /// <param name="origin">What the positions of this database count from.</param>
    /// <param name="consistentPoint">What was committed before it is in the snapshot.</param>
    public static long OfSnapshot(long origin, ulong consistentPoint) => checked(origin + ((long)consistentPoint << Shift) - 1);

    /// <summary>Where a database's positions count from, so that what it says from now on is newer than all that was said.</summary>
    /// <param name="origin">That of before.</param>
    /// <param name="top">The highest version there was.</param>
    /// <param name="position">From where on it speaks.</param>
    public static long OriginAbove(long origin, long top, ulong position) =>
        OfSnapshot(origin, position) > top ? origin : checked(top + 1 - ((long)position << Shift) + 1);

    public static DocumentVersion Of(long number) => new(number, null);
}
