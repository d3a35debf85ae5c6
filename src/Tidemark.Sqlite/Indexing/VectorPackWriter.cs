using System.Runtime.InteropServices;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Indexing;

/// <summary>
/// Writes one generation's vector packs. Additions are held back and written pack by pack; a freed slot is the next to be
/// taken, so that churn does not make the scan longer.
/// </summary>
/// <remarks>
/// What is cached of the packs is trusted only while the stamp in the database is the one that this writer wrote last:
/// a rollback, a repair or another writer changes it.
/// </remarks>
internal sealed class VectorPackWriter(SqliteConnection connection, IndexTables tables, int dimensions)
{
    private const int MostHeld = 1024;
    private const int MostCached = 1024;

    private readonly Dictionary<long, VectorPack> _packs = [];
    private readonly HashSet<long> _changed = [];
    private readonly SortedSet<long> _open = [];
    private readonly List<(long Chunk, float Scale)> _held = new(MostHeld);
    private readonly sbyte[] _codes = new sbyte[MostHeld * dimensions];
    private readonly byte[] _fresh = new byte[VectorPack.Slots * dimensions];
    private long _last;
    private long _stamp = -1;

    public void Add(long chunk, ReadOnlySpan<float> vector)
    {
        if (vector.Length != dimensions)
        {
            throw new TidemarkException(
                ErrorCodes.EmbeddingInvalid,
                $"a vector of {vector.Length} dimensions does not fit generation '{tables.Generation}' of {dimensions}",
                "embed with the model of the generation, or sync with SyncOptions.Rebuild");
        }

        if (_held.Count == MostHeld)
        {
            WriteHeld();
        }

        var scale = Quantizer.Quantize(vector, _codes.AsSpan(_held.Count * dimensions, dimensions));
        _held.Add((chunk, scale));
    }

    public void Remove(long chunk)
    {
        var (pack, index) = Find(chunk);
        pack?.Free(index);
        using var delete = connection.Statement($"DELETE FROM {tables.Slots} WHERE chunk = ?1");
        delete.Bind(1, chunk);
        delete.Step();
    }

    /// <summary>The slot of one chunk becomes another's; its codes stay.</summary>
    public void Rename(long closed, long opened)
    {
        var (pack, index) = Find(closed);
        pack?.Take(index, opened, pack.Scales[index]);
        using var rename = connection.Statement($"UPDATE {tables.Slots} SET chunk = ?2 WHERE chunk = ?1");
        rename.Bind(1, closed);
        rename.Bind(2, opened);
        rename.Step();
    }

    public void Flush()
    {
        WriteHeld();
        if (_changed.Count == 0)
        {
            return;
        }

        _stamp++;
        using (var stamp = connection.Statement("INSERT OR REPLACE INTO vector_stamp (generation, stamp) VALUES (?1, ?2)"))
        {
            stamp.Bind(1, tables.Generation);
            stamp.Bind(2, _stamp);
            stamp.Step();
        }

        using var update = connection.Statement(
            $"UPDATE {tables.Packs} SET live = ?2, version = ?3, entries = ?4 WHERE pack = ?1");
        foreach (var number in _changed)
        {
            var pack = _packs[number];
            update.Bind(1, number);
            update.Bind(2, pack.Live);
            update.Bind(3, _stamp);
            update.BindBlob(4, pack.ToBytes());
            update.Run();
        }

        _changed.Clear();
        if (_packs.Count > MostCached)
        {
            _packs.Clear();
        }
    }

    public void Discard()
    {
        _held.Clear();
        _changed.Clear();
        _stamp = -1;
    }

    private (VectorPack? Pack, int Index) Find(long chunk)
    {
        WriteHeld();
        Synchronize();
        using var find = connection.Statement($"SELECT slot FROM {tables.Slots} WHERE chunk = ?1");
        find.Bind(1, chunk);
        if (!find.Step())
        {
            return default; // a damaged index: the next verification finds it
        }

        var slot = find.GetInt64(0);
        var number = VectorPack.PackOf(slot);
        if (Load(number) is not { } pack || pack.Chunks[VectorPack.SlotOf(slot)] != chunk)
        {
            return default;
        }

        _changed.Add(number);
        _open.Add(number);
        return (pack, VectorPack.SlotOf(slot));
    }

    private void WriteHeld()
    {
        if (_held.Count == 0)
        {
            return;
        }

        Synchronize();
        for (var written = 0; written < _held.Count;)
        {
            written += _open.Count > 0 ? FillOpen(written) : FillNew(written);
        }

        _held.Clear();
    }

    /// <summary>Puts what it can into the free slots of the first open pack.</summary>
    private int FillOpen(int from)
    {
        var number = _open.Min;
        if (Load(number) is not { } pack)
        {
            _open.Remove(number);
            return 0;
        }

        MakeRoom(number, Math.Min(VectorPack.Slots, pack.Live + _held.Count - from));
        using var codes = connection.OpenBlob(tables.Codes, "codes", number, write: true);
        var taken = 0;
        for (int free; from + taken < _held.Count && (free = pack.FirstFree()) >= 0;)
        {
            var run = Take(pack, number, free, from + taken);
            codes.Write(CodesOf(from + taken, run), free * dimensions);
            taken += run;
        }

        if (pack.Live == VectorPack.Slots)
        {
            _open.Remove(number);
        }

        return taken;
    }

    /// <summary>Codes of a pack that was short so far: with every doubling they are written anew.</summary>
    private void MakeRoom(long number, int slots)
    {
        byte[] longer;
        using (var codes = connection.OpenBlob(tables.Codes, "codes", number, write: false))
        {
            if (codes.Length >= slots * dimensions)
            {
                return;
            }

            longer = new byte[VectorPack.RoomFor(slots) * dimensions];
            codes.Read(longer.AsSpan(0, codes.Length), 0);
        }

        using var update = connection.Statement($"UPDATE {tables.Codes} SET codes = ?2 WHERE pack = ?1");
        update.Bind(1, number);
        update.BindBlob(2, longer);
        update.Step();
    }

    private int FillNew(int from)
    {
        var number = ++_last;
        var pack = new VectorPack();
        var taken = Take(pack, number, 0, from);
        CodesOf(from, taken).CopyTo(_fresh);
        _fresh.AsSpan(taken * dimensions).Clear();
        using (var insert = connection.Statement($"INSERT OR REPLACE INTO {tables.Codes} (pack, codes) VALUES (?1, ?2)"))
        {
            insert.Bind(1, number);
            insert.BindBlob(2, _fresh.AsSpan(0, VectorPack.RoomFor(taken) * dimensions));
            insert.Step();
        }

        using (var insert = connection.Statement(
            $"INSERT INTO {tables.Packs} (pack, live, version, entries) VALUES (?1, 0, 0, ?2)"))
        {
            insert.Bind(1, number);
            insert.BindBlob(2, pack.ToBytes());
            insert.Step();
        }

        _packs[number] = pack;
        if (pack.Live < VectorPack.Slots)
        {
            _open.Add(number);
        }

        return taken;
    }

    /// <summary>Gives the free slots from <paramref name="index"/> on, without a gap, to held additions.</summary>
    private int Take(VectorPack pack, long number, int index, int from)
    {
        _changed.Add(number);
        using var insert = connection.Statement(
            $"INSERT OR REPLACE INTO {tables.Slots} (chunk, slot) VALUES (?1, ?2)");
        var run = 0;
        for (; from + run < _held.Count && index + run < VectorPack.Slots && pack.Chunks[index + run] == 0; run++)
        {
            var (chunk, scale) = _held[from + run];
            pack.Take(index + run, chunk, scale);
            insert.Bind(1, chunk);
            insert.Bind(2, VectorPack.Slot(number, index + run));
            insert.Run();
        }

        return run;
    }

    private ReadOnlySpan<byte> CodesOf(int from, int count) =>
        MemoryMarshal.AsBytes(_codes.AsSpan(from * dimensions, count * dimensions));

    private VectorPack? Load(long number)
    {
        if (_packs.TryGetValue(number, out var pack))
        {
            return pack;
        }

        using var read = connection.Statement($"SELECT entries FROM {tables.Packs} WHERE pack = ?1");
        read.Bind(1, number);
        pack = new VectorPack();
        if (!read.Step() || !pack.TryRead(read.GetBlob(0)))
        {
            return null;
        }

        _packs[number] = pack;
        return pack;
    }

    /// <summary>Forgets and reads anew what is open, unless nobody has written since this writer did.</summary>
    private void Synchronize()
    {
        if (_changed.Count > 0)
        {
            return; // in the middle of this writer's own transaction
        }

        var stamp = connection.Scalar("SELECT stamp FROM vector_stamp WHERE generation = ?1", tables.Generation);
        if (stamp == _stamp)
        {
            return;
        }

        _stamp = Math.Max(0, stamp); // a damaged one is not counted on from
        _packs.Clear();
        _open.Clear();
        _last = connection.Scalar($"SELECT max(pack) FROM {tables.Packs}");
        using var open = connection.Statement($"SELECT pack FROM {tables.Packs} WHERE live < {VectorPack.Slots}");
        while (open.Step())
        {
            _open.Add(open.GetInt64(0));
        }
    }
}
