using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;

namespace Tidemark.Sqlite.Searching;

/// <summary>
/// The packs of the generations that a long-lived process asks, kept in memory from the second query on and brought up to
/// date pack by pack. The first query of a process streams them: a process that asks once should not pay for memory.
/// Safe for concurrent use.
/// </summary>
internal sealed class PackCache
{
    private readonly Dictionary<long, PackSnapshot> _snapshots = [];
    private readonly HashSet<long> _asked = [];
    private readonly Lock _gate = new();

    /// <summary>Codes of more bytes than this are streamed for every query.</summary>
    public long MostBytes { get; init; } = 512L << 20;

    /// <summary>Packs read from the database, for tests of the work done.</summary>
    public long PacksRead { get; private set; }

    /// <returns>Null: not kept; stream them.</returns>
    /// <param name="connection">In a read transaction, so that stamp and packs are of one state.</param>
    public PackSnapshot? Find(SqliteConnection connection, IndexGeneration generation)
    {
        var id = generation.Tables.Generation;
        lock (_gate)
        {
            if (_asked.Add(id) || generation.Chunks * generation.Dimensions > MostBytes)
            {
                return null;
            }

            var state = PackState.Read(connection, id);
            if (_snapshots.TryGetValue(id, out var known) && known.State == state)
            {
                return known;
            }

            var fresh = Load(connection, generation, state, known?.State.Schema == state.Schema ? known : null);
            _snapshots[id] = fresh;
            Forget(connection);
            return fresh;
        }
    }

    /// <param name="former">Packs of the same version are taken over from it.</param>
    private PackSnapshot Load(
        SqliteConnection connection, IndexGeneration generation, PackState state, PackSnapshot? former)
    {
        using var reader = new PackReader(connection, generation);
        var known = former?.Packs.ToDictionary(p => p.Number);
        var packs = new List<CachedPack>();
        foreach (var (number, version) in reader.List())
        {
            if (known is null || !known.TryGetValue(number, out var pack) || pack.Version != version)
            {
                reader.Read(number);
                pack = new CachedPack(number, version, reader.Pack.Copy(), reader.Codes.ToArray());
                PacksRead++;
            }

            packs.Add(pack);
        }

        return new PackSnapshot(state, packs);
    }

    /// <summary>Lets go of generations that were dropped.</summary>
    private void Forget(SqliteConnection connection)
    {
        foreach (var id in _snapshots.Keys.ToArray())
        {
            if (connection.Scalar("SELECT count(*) FROM generation WHERE id = ?1", id) == 0)
            {
                _snapshots.Remove(id);
                _asked.Remove(id);
            }
        }
    }
}
