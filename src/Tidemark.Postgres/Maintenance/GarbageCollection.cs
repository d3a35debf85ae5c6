using Npgsql;
using Tidemark.Embedding;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Maintenance;

/// <summary>
/// Finds, and in a writing transaction removes, history that closed before a time and embeddings that nothing needs then.
/// </summary>
internal sealed class GarbageCollection(
    NpgsqlConnection connection, HistoryLimits history, DateTimeOffset embeddingsBefore, DateTimeOffset now)
{
    // A namespace's history ends before the first commit that is not old enough, so that a clock that went backward
    // never makes it reach further. ($2 is the time now.)
    private const string Limits = $"""
        with limits as materialized (
          select n.id as namespace, coalesce(
            (select min(c.sequence) from commit_log c
             where c.namespace = n.id and c.at >= n.since and (c.at <= $2 or coalesce(({TimesAhead.OfCommit}), c.at) >= n.since)) - 1,
            n.sequence) as last
          from (select x.id, x.sequence, coalesce(
                  (select own.since from unnest($3, $4) as own(name, since) where own.name = x.name), $1) as since
                from namespace x) n)
        """;

    // What searches still find, because an external index has not got what came after it, stays.
    private const string OldStates = $"""
        from document_history h using document d, limits m
        where d.key = h.document and m.namespace = d.namespace and h.to_sequence <= m.last
          and not exists (select 1 from unpublished u where u.document = h.document) and h.document not in ({SafeguardTable.HeldDocuments})
        """;

    private const string OldChunks = $"""
        from chunk c using generation g, limits m
        where g.id = c.generation and m.namespace = g.namespace and c.to_sequence is not null and c.to_sequence <= m.last
          and not exists (select 1 from unpublished u where u.document = c.document) and c.document not in ({SafeguardTable.HeldDocuments})
        """;

    // What was given up cannot be asked for any more.
    private const string MoveHorizon = $"""
        update namespace n set horizon = m.last from limits m where m.namespace = n.id and n.horizon < m.last and (
          exists (select 1 from document_history h join document d on d.key = h.document
                  where d.namespace = n.id and h.to_sequence <= m.last and not exists (select 1 from unpublished u where u.document = h.document)
                    and h.document not in ({SafeguardTable.HeldDocuments}))
          or exists (select 1 from chunk c join generation g on g.id = c.generation
                     where g.namespace = n.id and c.to_sequence <= m.last and not exists (select 1 from unpublished u where u.document = c.document)
                       and c.document not in ({SafeguardTable.HeldDocuments})))
        """;

    // An id with a version is remembered for good, so that a late older upsert cannot bring it back.
    private const string OldRemovals = $"""
        from document d using limits m where m.namespace = d.namespace
          and d.{RowStates.Removed} and d.sequence <= m.last and d.version is null and d.modified_at is null
          and d.key not in ({SafeguardTable.HeldDocuments})
        """;

    private const string EmptyGenerations =
        $"with gone as (delete from generation g where g.{RowStates.Retired} and not exists (select 1 from chunk c where c.generation = g.id) "
        + "and not exists (select 1 from outbox o where o.generation = g.id) returning id) "
        + "delete from catalog k using gone where k.kind = 'generation' and k.id = gone.id";

    private const string Unneeded = $"""
        where (e.stored_at < $5 or (e.stored_at > $2 and ({TimesAhead.OfEmbedding}) < $5)) and e.input <> $6 and not exists (
          select 1 from chunk c join generation g on g.id = c.generation join limits m on m.namespace = g.namespace
          where g.space = e.space and c.input = e.input and (c.to_sequence is null or c.to_sequence > m.last
            or exists (select 1 from unpublished u where u.document = c.document) or c.document in ({SafeguardTable.HeldDocuments})))
        """;

    public async Task<GarbageReport> RunAsync(bool delete, CancellationToken cancellationToken)
    {
        await SafeguardCopies.RequireAsync(connection, cancellationToken).ConfigureAwait(false);
        if (delete)
        {
            await TimesAhead.CorrectAsync(connection, now, cancellationToken).ConfigureAwait(false);
        }

        var states = await MeasureAsync(
            OldStates,
            "octet_length(h.chunks::text) + coalesce(octet_length(h.text), 0) + coalesce(octet_length(h.metadata), 0)",
            cancellationToken).ConfigureAwait(false);
        var chunks = await MeasureAsync(OldChunks, "octet_length(c.text)", cancellationToken).ConfigureAwait(false);
        if (delete)
        {
            await connection.ExecuteAsync($"{Limits} {MoveHorizon}", cancellationToken, Times).ConfigureAwait(false);
            foreach (var old in new[] { OldStates, OldChunks })
            {
                await connection.ExecuteAsync($"{Limits} delete {old}", cancellationToken, Times).ConfigureAwait(false);
            }

            await ForgetAsync(cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync(EmptyGenerations, cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync(
                "delete from freshness where hour < $1 or hour > $2",
                cancellationToken,
                Sql.Of(StoreTime.HourOf(history.Before)),
                Sql.Of(StoreTime.HourOf(now))).ConfigureAwait(false);
        }

        var embeddings = await SweepAsync(delete, cancellationToken).ConfigureAwait(false);
        return new GarbageReport(
            states.Count, chunks.Count, embeddings.Count, states.Bytes + chunks.Bytes + embeddings.Bytes, !delete);
    }

    /// <summary>Records of what was removed without a version; they are not counted among the remembered any more.</summary>
    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var forgotten = await connection.ListAsync(
            $"{Limits}, forgotten as (delete {OldRemovals} returning d.namespace) select namespace, count(*) from forgotten group by namespace",
            row => (Namespace: row.GetInt64(0), Count: row.GetInt64(1)),
            cancellationToken,
            Times).ConfigureAwait(false);
        foreach (var (@namespace, count) in forgotten)
        {
            await GoneCount.AddAsync(connection, @namespace, -count, cancellationToken).ConfigureAwait(false);
        }
    }

    private NpgsqlParameter[] Times =>
    [
        Sql.Of(history.Before.ToStored()),
        Sql.Of(now.ToStored()),
        Sql.Of([.. history.ByNamespace.Keys.Select(StoreText.Encode)]),
        Sql.Of([.. history.ByNamespace.Values.Select(since => since.ToStored())]),
    ];

    private async Task<(long Count, long Bytes)> MeasureAsync(string rows, string size, CancellationToken cancellationToken)
    {
        var joined = rows.Replace(" using ", ", ", StringComparison.Ordinal);
        return await CountAsync(
            $"{Limits} select count(*), coalesce(sum({size}), 0)::bigint {joined}", cancellationToken, Times).ConfigureAwait(false);
    }

    private Task<(long Count, long Bytes)> SweepAsync(bool delete, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] parameters = [.. Times, Sql.Of(embeddingsBefore.ToStored()), Sql.Of(CanaryInput.Hash.ToArray())];
        const string Size = "4 * vector_dims(e.vector)";
        return CountAsync(
            delete
                ? $"""
                  {Limits}, gone as (delete from embedding e {Unneeded} returning {Size} as size)
                  select count(*), coalesce(sum(size), 0)::bigint from gone
                  """
                : $"{Limits} select count(*), coalesce(sum({Size}), 0)::bigint from embedding e {Unneeded}",
            cancellationToken,
            parameters);
    }

    private async Task<(long Count, long Bytes)> CountAsync(
        string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters) =>
        (await connection.ListAsync(sql, row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken, parameters).ConfigureAwait(false))[0];
}
