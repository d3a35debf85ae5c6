using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Maintenance;

/// <summary>
/// Removes what ended of one namespace before its horizon: former states, closed chunks, records of documents that nobody has to remember, and
/// generations of which nothing is left. Found without a lock, and looked at again where it is removed.
/// </summary>
internal sealed class HistorySweep(SweepTurns turns, SweptNamespace @namespace)
{
    // What searches still find, because an external index has not got what came after it, stays.
    private const string OldStates = $"""
        d.key = h.document and d.namespace = $1 and h.to_sequence <= $2
          and not exists (select 1 from unpublished u where u.document = h.document) and h.document not in ({SafeguardTable.HeldDocuments})
        """;

    private const string OldChunks = $"""
        g.id = c.generation and g.namespace = $1 and c.to_sequence is not null and c.to_sequence <= $2
          and not exists (select 1 from unpublished u where u.document = c.document) and c.document not in ({SafeguardTable.HeldDocuments})
        """;

    private const string OldRows = $"""
        select h.document, h.key, 0::bigint from document_history h, document d where {OldStates}
        union all select c.document, 0::bigint, c.key from chunk c, generation g where {OldChunks} order by 1
        """;

    private const string RemoveStates = $"""
        with gone as (
          delete from document_history h using document d where {OldStates} and h.key = any($3) returning {GarbageSizes.OfState} as size)
        select count(*), coalesce(sum(size), 0)::bigint from gone
        """;

    private const string RemoveChunks = $"""
        with gone as (delete from chunk c using generation g where {OldChunks} and c.key = any($3) returning {GarbageSizes.OfChunk} as size)
        select count(*), coalesce(sum(size), 0)::bigint from gone
        """;

    // An id with a version is remembered for good, so that a late older upsert cannot bring it back.
    private const string OldRemovals = $"""
        d.namespace = $1 and d.{RowStates.Removed} and d.sequence <= $2 and d.version is null and d.modified_at is null
          and not exists (select 1 from unpublished u where u.document = d.key) and d.key not in ({SafeguardTable.HeldDocuments})
        """;

    // What was given up cannot be asked for any more.
    private const string MoveHorizon = "update namespace set horizon = $2 where id = $1 and horizon < $2";

    private const string EmptyGenerations = $"""
        select g.id from generation g where g.namespace = $1 and g.{RowStates.Retired}
          and not exists (select 1 from chunk c where c.generation = g.id) and not exists (select 1 from outbox o where o.generation = g.id)
        """;

    private const string RemoveGenerations = $"""
        with gone as (delete from generation g where g.id = any($1) and g.{RowStates.Retired} returning id)
        delete from catalog k using gone where k.kind = 'generation' and k.id = gone.id
        """;

    /// <summary>A document's states and chunks go together: of a state that is kept all chunks are, and no chunk is of none.</summary>
    public async Task<SweptHistory> PastAsync(CancellationToken cancellationToken)
    {
        var swept = default(SweptHistory);
        await foreach (var rows in turns.PagesAsync(
            OldRows,
            row => (Document: row.GetInt64(0), State: row.GetInt64(1), Chunk: row.GetInt64(2)),
            (one, next) => one.Document == next.Document,
            cancellationToken,
            Limits).ConfigureAwait(false))
        {
            var states = rows.Select(row => row.State).Where(key => key != 0).ToArray();
            var chunks = rows.Select(row => row.Chunk).Where(key => key != 0).ToArray();
            swept += await turns.InNamespaceAsync(
                @namespace, connection => RemoveAsync(connection, states, chunks, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        return swept;
    }

    /// <summary>Records of what was removed without a version; they are not counted among the remembered any more.</summary>
    public async Task RemovalsAsync(CancellationToken cancellationToken)
    {
        await foreach (var keys in turns.PagesAsync(
            $"select d.key from document d where {OldRemovals}", row => row.GetInt64(0), joined: null, cancellationToken, Limits).ConfigureAwait(false))
        {
            await turns.InNamespaceAsync(
                @namespace,
                async connection =>
                {
                    var gone = await connection.ExecuteAsync(
                        $"delete from document d where {OldRemovals} and d.key = any($3)", cancellationToken, [.. Limits, Sql.Of(keys.ToArray())]).ConfigureAwait(false);
                    await GoneCount.AddAsync(connection, @namespace.Id, -gone, cancellationToken).ConfigureAwait(false);
                    return gone;
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task GenerationsAsync(CancellationToken cancellationToken)
    {
        await foreach (var empty in turns.PagesAsync(
            EmptyGenerations, row => row.GetInt64(0), joined: null, cancellationToken, Sql.Of(@namespace.Id)).ConfigureAwait(false))
        {
            await turns.InNamespaceAsync(
                @namespace,
                connection => connection.ExecuteAsync(RemoveGenerations, cancellationToken, Sql.Of(empty.ToArray())),
                cancellationToken).ConfigureAwait(false);
        }
    }

    private NpgsqlParameter[] Limits => [Sql.Of(@namespace.Id), Sql.Of(@namespace.Last)];

    private async Task<SweptHistory> RemoveAsync(NpgsqlConnection connection, long[] states, long[] chunks, CancellationToken cancellationToken)
    {
        var ofStates = await RemoveAsync(connection, RemoveStates, states, cancellationToken).ConfigureAwait(false);
        var ofChunks = await RemoveAsync(connection, RemoveChunks, chunks, cancellationToken).ConfigureAwait(false);
        if (ofStates.Count + ofChunks.Count > 0)
        {
            await connection.ExecuteAsync(MoveHorizon, cancellationToken, Limits).ConfigureAwait(false);
        }

        return new SweptHistory(ofStates.Count, ofChunks.Count, ofStates.Bytes + ofChunks.Bytes);
    }

    private async Task<(long Count, long Bytes)> RemoveAsync(
        NpgsqlConnection connection, string removal, long[] keys, CancellationToken cancellationToken) => (await connection.ListAsync(
        removal, row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken, [.. Limits, Sql.Of(keys)]).ConfigureAwait(false))[0];
}
