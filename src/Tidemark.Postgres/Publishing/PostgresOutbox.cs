using System.Numerics.Tensors;
using Npgsql;
using Tidemark.Indexing;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Publishing;

/// <summary>What waits for external indexes, and what of them is found.</summary>
internal sealed class PostgresOutbox(PostgresDatabase database) : IOutbox
{
    private const string Backlog = """
        select count(*), min(o.at)
        from external_index mine
        join generation m on m.id = mine.generation
        join generation g on g.namespace = m.namespace
        join external_index x on x.generation = g.id and x.location = mine.location
        join outbox o on o.generation = g.id
        where mine.generation = $1
        """;

    private const string Active = "select coalesce(generation, 0) from namespace where name = $1";

    private const string OpenEntries = """
        select c.from_sequence, c.key
        from external_index mine
        join generation m on m.id = mine.generation
        join generation g on g.namespace = m.namespace
        join external_index x on x.generation = g.id and x.location = mine.location
        join chunk c on c.generation = g.id and c.to_sequence is null
        where mine.generation = $1
        """;

    public ValueTask<IndexBacklog?> BacklogAsync(string @namespace, CancellationToken cancellationToken) => SnapshotAsync(
        async connection =>
        {
            var name = Sql.Of(StoreText.Encode(@namespace));
            var generation = await connection.ScalarAsync<long>(Active, cancellationToken, name).ConfigureAwait(false);
            return await BacklogOfAsync(connection, generation, cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);

    public ValueTask<IndexBacklog?> BacklogAsync(long generation, CancellationToken cancellationToken) => SnapshotAsync(
        connection => BacklogOfAsync(connection, generation, cancellationToken), cancellationToken);

    public ValueTask<PinnedIndex?> PinAsync(long generation, CancellationToken cancellationToken) => database.RunAsync(
        async connection =>
            await ExternalIndexTable.FindAsync(connection, generation, cancellationToken).ConfigureAwait(false) is var (binding, stamp)
                ? new PinnedIndex(binding, stamp)
                : null,
        cancellationToken);

    public ValueTask<ResolvedHits> ResolveAsync(
        VectorQuery query, IReadOnlyList<EntryId> entries, CancellationToken cancellationToken) => SnapshotAsync(
        async connection =>
        {
            var generation = await IndexGeneration.PinAsync(connection, database, query.Generation, cancellationToken).ConfigureAwait(false);
            var valid = await DocumentFilter.PrepareAsync(
                connection, generation, MetadataFilter.None with { ValidAt = query.Filter.ValidAt }, cancellationToken).ConfigureAwait(false);
            var found = await ScoredAsync(
                connection,
                $"""
                with hit as (
                  select x.key as chunk, 0::float8 as score from unnest($1::bigint[], $2::bigint[]) w(key, opened)
                  join chunk x on x.key = w.key and x.from_sequence = w.opened and x.generation = {generation.Tables.Number}
                  {HitQuery.Filter(generation, valid, "x", first: 3)})
                """,
                query,
                cancellationToken,
                valid.Parameters(
                    Sql.Of(entries.Select(entry => entry.Chunk.Value).ToArray()),
                    Sql.Of(entries.Select(entry => entry.Sequence).ToArray()))).ConfigureAwait(false);
            var stamp = (await ExternalIndexTable.FindAsync(connection, query.Generation, cancellationToken).ConfigureAwait(false))?.Stamp;
            var hits = HitQuery.Best(found, query.Filter, int.MaxValue);
            return new ResolvedHits(
                await HitQuery.SoundAsync(connection, generation, hits, cancellationToken).ConfigureAwait(false), stamp ?? 0);
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<IndexHit>?> SearchExactAsync(
        VectorQuery query, int most, CancellationToken cancellationToken) => SnapshotAsync(
        async connection =>
        {
            var generation = await IndexGeneration.PinAsync(connection, database, query.Generation, cancellationToken).ConfigureAwait(false);
            var filter = await DocumentFilter.PrepareAsync(connection, generation, query.Filter, cancellationToken).ConfigureAwait(false);
            var found = await ScoredAsync(
                connection,
                $"""
                with hit as materialized (
                  select k.chunk, 0::float8 as score from {generation.Tables.Keywords} k
                  {HitQuery.Filter(generation, filter, "k", first: 2)} limit $1)
                """,
                query,
                cancellationToken,
                filter.Parameters(Sql.Of(most + 1L))).ConfigureAwait(false);
            return found.Count > most
                ? null
                : await HitQuery.SoundAsync(connection, generation, HitQuery.Best(found, query.Filter, query.Limit), cancellationToken)
                    .ConfigureAwait(false);
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<EntryId>> EntryIdsAsync(long generation, CancellationToken cancellationToken) =>
        database.RunAsync<IReadOnlyList<EntryId>>(
            async connection => await connection.ListAsync(
                OpenEntries,
                row => new EntryId(row.GetInt64(0), new ChunkKey(row.GetInt64(1))),
                cancellationToken,
                Sql.Of(generation)).ConfigureAwait(false),
            cancellationToken);

    public ValueTask<IReadOnlyList<IndexEntry>> EntriesAsync(
        string @namespace, IReadOnlyCollection<EntryId> ids, CancellationToken cancellationToken) => database.RunAsync(
        connection => EntryQuery.ReadAsync(connection, @namespace, ids, cancellationToken), cancellationToken);

    /// <summary>The chunks of <c>hit</c> as they are found, with their exact cosine; those without a vector are left out.</summary>
    private static async Task<List<IndexHit>> ScoredAsync(
        NpgsqlConnection connection, string hits, VectorQuery query, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var found = await connection.ListAsync(
            $"""
            {hits}
            {HitQuery.ReadPublished}, vector_send(e.vector) from hit {HitQuery.FromPublished}
            """,
            row => row.IsDBNull(11)
                ? null
                : HitQuery.ReadHit(row) with { Score = TensorPrimitives.CosineSimilarity(row.GetVector(11), query.Vector.Span) },
            cancellationToken,
            parameters).ConfigureAwait(false);
        return [.. found.OfType<IndexHit>()];
    }

    private static async Task<IndexBacklog?> BacklogOfAsync(NpgsqlConnection connection, long generation, CancellationToken cancellationToken)
    {
        if (await ExternalIndexTable.FindAsync(connection, generation, cancellationToken).ConfigureAwait(false) is not { } index)
        {
            return null;
        }

        var waiting = (await connection.ListAsync(
            Backlog, row => (Pending: row.GetInt64(0), Oldest: row.GetOptionalInt64(1)), cancellationToken, Sql.Of(generation)).ConfigureAwait(false))[0];
        return new IndexBacklog(
            index.Binding,
            waiting.Pending,
            await connection.ScalarAsync<long>(
                "select count(*) from unpublished where generation = $1", cancellationToken, Sql.Of(generation)).ConfigureAwait(false),
            StoreTime.FromStored(waiting.Oldest, "table outbox", "at"))
        {
            Generation = generation,
        };
    }

    private ValueTask<T> SnapshotAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken) => database.RunAsync(
        async connection =>
        {
            var transaction = await connection.BeginTransactionAsync(
                System.Data.IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
            await using var held = transaction.ConfigureAwait(false);
            return await work(connection).ConfigureAwait(false);
        },
        cancellationToken);
}
