using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Searching;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Publishing;

/// <summary>What waits for external indexes, and what of them is found.</summary>
internal sealed class SqliteOutbox(SqliteDatabase database) : IOutbox
{
    private const string Backlog = """
        SELECT count(*), coalesce(min(o.at), 0)
        FROM external_index mine
        JOIN generation m ON m.id = mine.generation
        JOIN generation g ON g.namespace = m.namespace
        JOIN external_index x ON x.generation = g.id AND x.location = mine.location
        JOIN outbox o ON o.generation = g.id
        WHERE mine.generation = ?1
        """;

    private const string Active = "SELECT coalesce(generation, 0) FROM namespace WHERE name = ?1";
    private const string Lagging = "SELECT count(*) FROM unpublished WHERE generation = ?1";
    private const string Opened = "SELECT from_sequence, generation FROM chunk WHERE key = ?1";

    private const string OpenEntries = """
        SELECT c.from_sequence, c.key
        FROM external_index mine
        JOIN generation m ON m.id = mine.generation
        JOIN generation g ON g.namespace = m.namespace
        JOIN external_index x ON x.generation = g.id AND x.location = mine.location
        JOIN chunk c ON c.generation = g.id
        WHERE mine.generation = ?1 AND c.to_sequence IS NULL
        """;

    public ValueTask<IndexBacklog?> BacklogAsync(string @namespace, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        return ValueTask.FromResult(BacklogOf(reader.Connection, ActiveOf(reader.Connection, @namespace)));
    }

    public ValueTask<IndexBacklog?> BacklogAsync(long generation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        return ValueTask.FromResult(BacklogOf(reader.Connection, generation));
    }

    public ValueTask<PinnedIndex?> PinAsync(long generation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        return ValueTask.FromResult(
            ExternalIndexTable.Find(reader.Connection, generation) is var (binding, stamp)
                ? new PinnedIndex(binding, stamp)
                : null);
    }

    public ValueTask<ResolvedHits> ResolveAsync(
        VectorQuery query, IReadOnlyList<EntryId> entries, CancellationToken cancellationToken)
    {
        using var reader = database.Readers.RentSnapshot();
        var connection = reader.Connection;
        var generation = IndexGeneration.Pin(connection, query.Generation);
        var chunks = new IndexedChunkReader(connection);
        var vectors = new StoredVectors(connection, generation.Space, generation.Dimensions);
        var hits = new List<IndexHit>();
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsOf(connection, query.Generation, entry)
                && chunks.Find(entry.Chunk.Value, query.Filter.ValidAt) is { } chunk
                && query.Filter.Covers(chunk.Document, chunk.Source)
                && MetadataMatcher.Matches(query.Filter, System.Text.Encoding.UTF8.GetBytes(chunk.Metadata.Json))
                && vectors.Cosine(entry.Chunk.Value, query.Vector.Span) is { } score)
            {
                hits.Add(new IndexHit(chunk, score));
            }
        }

        hits.Sort(HitOrder.Instance);
        var stamp = ExternalIndexTable.Find(connection, query.Generation)?.Stamp ?? 0;
        return ValueTask.FromResult(new ResolvedHits(hits, stamp));
    }

    public ValueTask<IReadOnlyList<IndexHit>?> SearchExactAsync(
        VectorQuery query, int most, CancellationToken cancellationToken)
    {
        using var reader = database.Readers.RentSnapshot();
        var connection = reader.Connection;
        var generation = IndexGeneration.Pin(connection, query.Generation);
        var allowed = ChunkFilter.Read(connection, query.Generation, query.Filter)
            ?? IndexChecker.Found(connection, generation, IndexChecker.OpenChunks(connection, generation));
        if (allowed.Count > most)
        {
            return ValueTask.FromResult<IReadOnlyList<IndexHit>?>(null);
        }

        var vectors = new StoredVectors(connection, generation.Space, generation.Dimensions);
        var candidates = new CandidateSet(query.Limit);
        foreach (var chunk in allowed.Keys())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (vectors.Cosine(chunk, query.Vector.Span) is { } score)
            {
                candidates.Add(chunk, score);
            }
        }

        return ValueTask.FromResult<IReadOnlyList<IndexHit>?>(HitReader.Read(connection, generation, candidates, query.Limit));
    }

    public ValueTask<IReadOnlyList<EntryId>> EntryIdsAsync(long generation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        using var rows = reader.Connection.Statement(OpenEntries);
        rows.Bind(1, generation);
        var ids = new List<EntryId>();
        while (rows.Step())
        {
            ids.Add(new EntryId(rows.GetInt64(0), new ChunkKey(rows.GetInt64(1))));
        }

        return ValueTask.FromResult<IReadOnlyList<EntryId>>(ids);
    }

    public ValueTask<IReadOnlyList<IndexEntry>> EntriesAsync(
        string @namespace, IReadOnlyCollection<EntryId> ids, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        var entries = new EntryReader(reader.Connection, @namespace);
        return ValueTask.FromResult<IReadOnlyList<IndexEntry>>([.. ids.Select(entries.Find).OfType<IndexEntry>()]);
    }

    private static IndexBacklog? BacklogOf(SqliteConnection connection, long generation)
    {
        if (ExternalIndexTable.Find(connection, generation) is not { } index)
        {
            return null;
        }

        using var row = connection.Statement(Backlog);
        row.Bind(1, generation);
        row.Step();
        var oldest = row.GetInt64(1);
        return new IndexBacklog(
            index.Binding,
            row.GetInt64(0),
            connection.Scalar(Lagging, generation),
            oldest == 0 ? null : StoreTime.FromStored(oldest, "table outbox", "at"))
        {
            Generation = generation,
        };
    }

    private static long ActiveOf(SqliteConnection connection, string @namespace)
    {
        using var row = connection.Statement(Active);
        row.BindText(1, @namespace);
        return row.Step() ? row.GetInt64(0) : 0;
    }

    /// <summary>Whether the store still knows the very chunk, opened by the very commit.</summary>
    private static bool IsOf(SqliteConnection connection, long generation, EntryId entry)
    {
        using var row = connection.Statement(Opened);
        row.Bind(1, entry.Chunk.Value);
        return row.Step() && row.GetInt64(0) == entry.Sequence && row.GetInt64(1) == generation;
    }
}
