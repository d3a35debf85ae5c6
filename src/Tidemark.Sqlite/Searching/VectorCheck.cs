using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;

namespace Tidemark.Sqlite.Searching;

/// <summary>
/// Compares the packs with what the open chunks' embeddings give: each chunk in the one slot that the slot table names,
/// with exactly the codes and the scale that quantising its embedding gives, and nobody else. What says which packs are read,
/// and which of them a cache may keep, is compared as well.
/// </summary>
internal sealed class VectorCheck(SqliteConnection connection, IndexGeneration generation)
{
    private readonly StoredVectors _vectors = new(connection, generation.Space, generation.Dimensions);
    private readonly sbyte[] _expected = new sbyte[generation.Dimensions];
    private readonly Dictionary<ContentHash, MissingEmbedding> _missing = [];
    private readonly KeySet _verified = new();
    private readonly HashSet<long> _asked = [];
    private long _mapped;
    private long _missingSlots;
    private long _stale;

    public LayerCheck Run(KeySet open, CancellationToken cancellationToken)
    {
        if (generation.Location is not null)
        {
            FindVectors(open);
            return new LayerCheck(0, 0, 0, 0) { MissingEmbeddings = [.. _missing.Values] };
        }

        try
        {
            return Compare(open, cancellationToken);
        }
        catch (TidemarkException e) when (e.Code is ErrorCodes.StoreCorrupt or ErrorCodes.StoreFailed)
        {
            return Nothing(open);
        }
    }

    /// <summary>The tables are unreadable or gone: nothing of them counts. Of an empty index they are missing all the same.</summary>
    private LayerCheck Nothing(KeySet open)
    {
        _missing.Clear();
        FindVectors(open);
        return new LayerCheck(0, Math.Max(1, open.Count), 0, 0) { MissingEmbeddings = [.. _missing.Values] };
    }

    private void FindVectors(KeySet open)
    {
        foreach (var chunk in open.Keys())
        {
            _ = FindVector(chunk, out _);
        }
    }

    private LayerCheck Compare(KeySet open, CancellationToken cancellationToken)
    {
        if (!generation.Tables.HasVectors(connection))
        {
            return Nothing(open);
        }

        using var packs = new PackCursor(connection, generation);
        foreach (var chunk in open.Keys())
        {
            cancellationToken.ThrowIfCancellationRequested();
            CheckChunk(chunk, packs);
        }

        var (entries, strangers) = CountSlots();
        var mapped = connection.Scalar($"SELECT count(*) FROM {generation.Tables.Slots}");
        var orphaned = Math.Max(strangers, mapped - _mapped);
        return new LayerCheck(entries, _missingSlots, orphaned, _stale) { MissingEmbeddings = [.. _missing.Values] };
    }

    private void CheckChunk(long chunk, PackCursor packs)
    {
        var slot = SlotOf(chunk);
        if (slot is { } named)
        {
            _mapped++;
            _asked.Add(VectorPack.PackOf(named));
        }

        var sits = slot is { } at && packs.TryMoveTo(VectorPack.PackOf(at)) && packs.Sits(chunk, at);
        if (sits)
        {
            _verified.Add(slot!.Value);
        }

        if (!FindVector(chunk, out var vector))
        {
            return; // reported as a missing embedding, and nothing to compare the codes with
        }

        if (!sits)
        {
            _missingSlots++;
            return;
        }

        var scale = Quantizer.Quantize(vector, _expected);
        _stale += packs.Holds(slot!.Value, _expected, scale) ? 0 : 1;
    }

    private bool FindVector(long chunk, out ReadOnlySpan<float> vector)
    {
        using var row = connection.Statement("SELECT input FROM chunk WHERE key = ?1");
        row.Bind(1, chunk);
        var input = row.Step() ? row.GetHash(0) : default;
        if (_vectors.TryReadInput(input, out vector))
        {
            return true;
        }

        var isDamaged = _vectors.IsDamaged;
        if (!_missing.ContainsKey(input))
        {
            using var text = connection.Statement("SELECT text, seal FROM chunk WHERE key = ?1");
            text.Bind(1, chunk);
            if (text.Step() && Seal.Holds(input, text.GetUtf8(0), text.GetNullableInt64(1)))
            {
                _missing.Add(input, new MissingEmbedding(input, text.GetText(0)) { IsDamaged = isDamaged });
            }
        }

        return false;
    }

    private long? SlotOf(long chunk)
    {
        using var row = connection.Statement($"SELECT slot FROM {generation.Tables.Slots} WHERE chunk = ?1");
        row.Bind(1, chunk);
        return row.Step() ? row.GetInt64(0) : null;
    }

    /// <returns>How many slots are taken, and how many of them by somebody who should not sit there.</returns>
    private (long Entries, long Strangers) CountSlots()
    {
        var (entries, strangers, newest) = (0L, 0L, -1L);
        var pack = new VectorPack();
        using var rows = connection.Statement(
            $"""
            SELECT p.pack, p.live, p.version, p.entries, coalesce(length(c.codes), 0)
            FROM {generation.Tables.Packs} p LEFT JOIN {generation.Tables.Codes} c ON c.pack = p.pack
            """);
        while (rows.Step())
        {
            var (number, version) = (rows.GetInt64(0), rows.GetInt64(2));
            newest = Math.Max(newest, version);
            var isPack = pack.TryRead(rows.GetBlob(3));
            var isWhole = isPack && pack.Fits(rows.GetInt64(4), generation.Dimensions);
            strangers += isWhole || _asked.Contains(number) ? 0 : 1; // else its chunks were counted as missing
            if (!isPack)
            {
                continue;
            }

            _stale += rows.GetInt64(1) == pack.Live && version >= 0 ? 0 : Math.Max(1, pack.Live);
            for (var i = 0; i < VectorPack.Slots; i++)
            {
                entries += pack.Chunks[i] == 0 ? 0 : 1;
                strangers += pack.Chunks[i] == 0 || _verified.Contains(VectorPack.Slot(number, i)) ? 0 : 1;
            }
        }

        // Every write gives the packs that it changes the stamp as their version; a cache goes by both.
        var stamp = connection.Scalar("SELECT stamp FROM vector_stamp WHERE generation = ?1", generation.Tables.Generation);
        _stale += newest < 0 || newest == stamp ? 0 : 1;
        return (entries, strangers);
    }
}
