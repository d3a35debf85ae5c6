using Tidemark.Indexing;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Searching;

/// <summary>Search, proof and repair of the index inside a store's file.</summary>
internal sealed class SqliteVectorIndex : IVectorIndex
{
    private readonly SqliteDatabase _database;
    private readonly VectorSearch _vectors;

    public SqliteVectorIndex(SqliteDatabase database)
    {
        _database = database;
        _vectors = new VectorSearch(database, new PackCache());
    }

    public IIndexSnapshot Snapshot() => new SqliteSnapshot(_database, _vectors);

    public ValueTask<bool> AnyAsync(long generation, MetadataFilter filter, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var lease = _database.Readers.RentSnapshot();
        _ = IndexGeneration.Pin(lease.Connection, generation);
        return ValueTask.FromResult(ChunkFilter.Any(lease.Connection, generation, filter));
    }

    /// <summary>Every write has done that.</summary>
    public ValueTask TendAsync(string @namespace, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<IndexState?> StateAsync(string @namespace, CancellationToken cancellationToken) => ValueTask.FromResult<IndexState?>(null);

    public async ValueTask<IndexCheck> CheckAsync(string @namespace, CancellationToken cancellationToken)
    {
        if (_database.Options.ReadOnly)
        {
            return Check(
                @namespace,
                (connection, generation) => WordsCheck.HasRightWords(connection, generation, cancellationToken),
                cancellationToken);
        }

        // FTS5 compares words and texts in a statement that SQLite takes for a write, although nothing is written.
        using var writer = await _database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        return Check(@namespace, (_, generation) => HasRightWords(writer.Connection, generation), cancellationToken);
    }

    public async ValueTask<long> RepairAsync(
        string @namespace, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var lease = await _database.LeaseAsync(wait, cancellationToken).ConfigureAwait(false);
        using var writer = await _database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        writer.Commit();
        var rightWords = HasRightWords(writer.Connection, @namespace);
        return writer.InTransaction((connection, index) =>
        {
            index.Discard(); // what it remembers of tables that are made again
            return Repair(connection, @namespace, rightWords, cancellationToken);
        });
    }

    private IndexCheck Check(
        string @namespace, Func<SqliteConnection, IndexGeneration, bool> readKeywords, CancellationToken cancellationToken)
    {
        using var lease = _database.Readers.RentSnapshot();
        return IndexGeneration.Active(lease.Connection, @namespace) is { } generation
            ? IndexChecker.Check(lease.Connection, generation, () => readKeywords(lease.Connection, generation), cancellationToken)
            : new IndexCheck();
    }

    private static long Repair(
        SqliteConnection connection, string @namespace, bool rightWords, CancellationToken cancellationToken)
    {
        if (IndexGeneration.Active(connection, @namespace) is not { } generation)
        {
            return 0;
        }

        var open = IndexChecker.OpenChunks(connection, generation);
        var vectors = new VectorCheck(connection, generation).Run(open, cancellationToken);
        if (generation.Location is null && (vectors.Wrong > 0 || !generation.Tables.HasVectors(connection)))
        {
            IndexRebuilder.RebuildVectors(connection, generation, cancellationToken);
        }

        var keywords = KeywordCheck.Run(
            connection, generation, IndexChecker.Found(connection, generation, open), () => rightWords);
        if (keywords.Wrong > 0 || !generation.Tables.HasKeywords(connection))
        {
            KeywordRebuild.Run(connection, generation.Tables, generation.Location is not null);
        }

        return vectors.Wrong + keywords.Wrong;
    }

    /// <summary>
    /// Asked before the transaction that repairs: FTS5 lets no statement of a transaction succeed any more once it met a damage in it.
    /// </summary>
    private static bool HasRightWords(SqliteConnection connection, string @namespace)
    {
        try
        {
            return IndexGeneration.Active(connection, @namespace) is not { } generation || HasRightWords(connection, generation);
        }
        catch (TidemarkException e) when (e.Code is ErrorCodes.StoreFailed)
        {
            return false; // there is no such table, or it cannot be opened
        }
    }

    private static bool HasRightWords(SqliteConnection connection, IndexGeneration generation)
    {
        try
        {
            var table = generation.Tables.Keywords;
            if (!SeekCheck.CanBeOpened(connection, generation.Tables))
            {
                return false;
            }

            connection.Execute($"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)");
            return SeekCheck.FindsEveryWord(connection, generation.Tables);
        }
        catch (TidemarkException e) when (e.Code is ErrorCodes.StoreCorrupt)
        {
            return false;
        }
    }
}
