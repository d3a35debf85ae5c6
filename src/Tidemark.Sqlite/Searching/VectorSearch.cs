using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Searching;

/// <summary>
/// Exact search in two steps: all quantised vectors are scored, and the best of them, several times as many as wanted, are
/// scored again with the full vectors.
/// </summary>
internal sealed class VectorSearch(SqliteDatabase database, PackCache cache)
{
    private const int FewestCandidates = 64;
    private const int CandidatesPerHit = 8;

    /// <summary>From so many packs on a second thread helps more than it costs.</summary>
    private const int PacksForTwo = 48;

    public IReadOnlyList<IndexHit> Search(SqliteConnection connection, VectorQuery query, CancellationToken cancellationToken)
    {
        var generation = IndexGeneration.Pin(connection, query.Generation);
        if (query.Vector.Length != generation.Dimensions)
        {
            throw new TidemarkException(
                ErrorCodes.EmbeddingSpace,
                $"a query vector of {query.Vector.Length} dimensions cannot be compared with generation "
                + $"'{query.Generation}' of {generation.Dimensions}",
                "embed the query with the model of the generation");
        }

        if (generation.Location is { } location)
        {
            throw StoreRefusals.VectorsElsewhere(query.Generation, location);
        }

        if (!generation.Tables.HasVectors(connection))
        {
            throw generation.Damaged(connection.Path);
        }

        var filter = ChunkFilter.Read(connection, query.Generation, query.Filter);
        var candidates = Scan(connection, generation, query, filter, cancellationToken);
        var exact = Rescore(connection, generation, query, candidates);
        return HitReader.Read(connection, generation, exact, query.Limit);
    }

    private static CandidateSet Rescore(
        SqliteConnection connection, IndexGeneration generation, VectorQuery query, CandidateSet candidates)
    {
        var vectors = new StoredVectors(connection, generation.Space, generation.Dimensions);
        var exact = new CandidateSet(query.Limit);
        foreach (var candidate in candidates.Best())
        {
            // A vector that the embedding store has lost still has its codes: better an approximate score than no hit.
            exact.Add(candidate.Chunk, vectors.Cosine(candidate.Chunk, query.Vector.Span) ?? candidate.Score);
        }

        return exact;
    }

    private CandidateSet Scan(
        SqliteConnection connection,
        IndexGeneration generation,
        VectorQuery query,
        KeySet? filter,
        CancellationToken cancellationToken)
    {
        var wanted = (int)Math.Min(int.MaxValue, Math.Max(FewestCandidates, (long)CandidatesPerHit * query.Limit));
        var scanner = new PackScanner(query.Vector.Span, wanted, filter);
        if (cache.Find(connection, generation) is { } snapshot)
        {
            Require(connection, generation, snapshot.Live);
            foreach (var pack in snapshot.Packs)
            {
                cancellationToken.ThrowIfCancellationRequested();
                scanner.Scan(pack.Pack, pack.Codes);
            }

            return scanner.Candidates;
        }

        using var reader = new PackReader(connection, generation);
        var packs = reader.List();
        if (packs.Count < PacksForTwo)
        {
            Require(connection, generation, Stream(reader, scanner, packs, 0, packs.Count, cancellationToken));
            return scanner.Candidates;
        }

        return StreamOnTwo(connection, generation, reader, packs, () => new PackScanner(query.Vector.Span, wanted, filter), cancellationToken);
    }

    /// <summary>Two threads on two connections, provided that both see the same committed state.</summary>
    private CandidateSet StreamOnTwo(
        SqliteConnection connection,
        IndexGeneration generation,
        PackReader reader,
        IReadOnlyList<(long Number, long Version)> packs,
        Func<PackScanner> scanners,
        CancellationToken cancellationToken)
    {
        var first = scanners();
        var second = scanners();
        using var lease = database.Readers.RentSnapshot();
        var id = generation.Tables.Generation;
        var middle = PackState.Read(connection, id) == PackState.Read(lease.Connection, id)
            ? packs.Count / 2
            : packs.Count;
        var other = Task.Run(
            () =>
            {
                using var own = new PackReader(lease.Connection, generation);
                return Stream(own, second, packs, middle, packs.Count, cancellationToken);
            },
            CancellationToken.None);
        var live = 0L;
        try
        {
            live = Stream(reader, first, packs, 0, middle, cancellationToken);
        }
        finally
        {
            live += other.GetAwaiter().GetResult();
        }

        Require(connection, generation, live);

        foreach (var candidate in second.Candidates.Best())
        {
            first.Candidates.Add(candidate.Chunk, candidate.Score);
        }

        return first.Candidates;
    }

    /// <summary>In the generation that answers every chunk has its vector.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: there are fewer than that.</exception>
    private static void Require(SqliteConnection connection, IndexGeneration generation, long live)
    {
        if (generation.Answers && live < generation.Chunks)
        {
            throw generation.Damaged(connection.Path);
        }
    }

    /// <returns>How many vectors they hold.</returns>
    private static long Stream(
        PackReader reader,
        PackScanner scanner,
        IReadOnlyList<(long Number, long Version)> packs,
        int from,
        int to,
        CancellationToken cancellationToken)
    {
        var live = 0L;
        for (var i = from; i < to; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            reader.Read(packs[i].Number);
            scanner.Scan(reader.Pack, reader.Codes);
            live += reader.Pack.Live;
        }

        return live;
    }
}
