using Npgsql;
using Tidemark.Embedding;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Maintenance;

/// <summary>Counts history that closed before a time and embeddings that nothing needs then: what <see cref="GarbageSweep"/> would remove.</summary>
internal sealed class GarbageCount(
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

    private const string Unneeded = $"""
        where (e.stored_at < $5 or (e.stored_at > $2 and ({TimesAhead.OfEmbedding}) < $5)) and e.input <> $6 and not exists (
          select 1 from chunk c join generation g on g.id = c.generation join limits m on m.namespace = g.namespace
          where g.space = e.space and c.input = e.input and (c.to_sequence is null or c.to_sequence > m.last
            or exists (select 1 from unpublished u where u.document = c.document) or c.document in ({SafeguardTable.HeldDocuments})))
        """;

    public async Task<GarbageReport> RunAsync(CancellationToken cancellationToken)
    {
        await SafeguardCopies.RequireAsync(connection, cancellationToken).ConfigureAwait(false);
        var states = await MeasureAsync(OldStates, GarbageSizes.OfState, cancellationToken).ConfigureAwait(false);
        var chunks = await MeasureAsync(OldChunks, GarbageSizes.OfChunk, cancellationToken).ConfigureAwait(false);
        var embeddings = await CountAsync(
            $"{Limits} select count(*), coalesce(sum({GarbageSizes.OfEmbedding}), 0)::bigint from embedding e {Unneeded}",
            cancellationToken,
            [.. Times, Sql.Of(embeddingsBefore.ToStored()), Sql.Of(CanaryInput.Hash.ToArray())]).ConfigureAwait(false);
        return new GarbageReport(
            states.Count, chunks.Count, embeddings.Count, states.Bytes + chunks.Bytes + embeddings.Bytes, DryRun: true);
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

    private async Task<(long Count, long Bytes)> CountAsync(
        string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters) =>
        (await connection.ListAsync(sql, row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken, parameters).ConfigureAwait(false))[0];
}
