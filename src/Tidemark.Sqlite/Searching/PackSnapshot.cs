using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;

namespace Tidemark.Sqlite.Searching;

/// <summary>All packs of one generation as they were committed at one time. Never changed.</summary>
internal sealed record PackSnapshot(PackState State, IReadOnlyList<CachedPack> Packs)
{
    /// <summary>How many vectors they hold.</summary>
    public long Live { get; } = Packs.Sum(pack => (long)pack.Pack.Live);
}

internal sealed record CachedPack(long Number, long Version, VectorPack Pack, sbyte[] Codes);

/// <summary>
/// Equal states hold equal packs: the stamp grows with every change of a pack, and when tables are dropped and made again
/// the schema's number does.
/// </summary>
internal readonly record struct PackState(long Schema, long Stamp)
{
    public static PackState Read(SqliteConnection connection, long generation) => new(
        connection.Scalar("PRAGMA schema_version"),
        connection.Scalar("SELECT stamp FROM vector_stamp WHERE generation = ?1", generation));
}
