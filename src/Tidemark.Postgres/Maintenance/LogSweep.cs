using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Maintenance;

/// <summary>
/// Removes commits and runs of one namespace that nothing names any more. A commit stays that something kept began or ended with, that is not
/// before the horizon, or that is the last; a run stays with its commits and documents, and as one of the newest.
/// </summary>
internal sealed class LogSweep(SweepTurns turns, SweptNamespace @namespace)
{
    // Nothing comes to name a commit that is over and that nothing names: what is written begins and ends with a new one.
    private const string UnnamedCommits = """
        select c.sequence from commit_log c join namespace n on n.id = c.namespace
        where n.id = $1 and c.sequence < least(n.horizon, n.sequence) and c.sequence <= $2
          and not exists (select 1 from document d where d.namespace = n.id and d.sequence = c.sequence)
          and not exists (
            select 1 from document_history h join document d on d.key = h.document where d.namespace = n.id and h.from_sequence = c.sequence)
          and not exists (
            select 1 from document_history h join document d on d.key = h.document where d.namespace = n.id and h.to_sequence = c.sequence)
          and not exists (select 1 from chunk k join generation g on g.id = k.generation where g.namespace = n.id and k.from_sequence = c.sequence)
          and not exists (select 1 from chunk k join generation g on g.id = k.generation where g.namespace = n.id and k.to_sequence = c.sequence)
        """;

    private const string UnnamedRuns = """
        select r.id from run r
        where r.namespace = $1 and r.finished_at < $2
          and r.id < coalesce((select min(id) from (select id from run where namespace = $1 order by id desc limit $3) newest), 0)
          and r.id is distinct from (select id from run where namespace = $1 and complete order by id desc limit 1)
          and not exists (select 1 from commit_log c where c.namespace = $1 and c.run = r.id)
          and not exists (select 1 from document d where d.namespace = $1 and d.run = r.id)
          and not exists (select 1 from document_history h join document d on d.key = h.document where d.namespace = $1 and h.run = r.id)
        """;

    public async Task CommitsAsync(CancellationToken cancellationToken)
    {
        await foreach (var sequences in turns.PagesAsync(
            UnnamedCommits, row => row.GetInt64(0), joined: null, cancellationToken, Sql.Of(@namespace.Id), Sql.Of(@namespace.Last)).ConfigureAwait(false))
        {
            await turns.InNamespaceAsync(
                @namespace,
                connection => connection.ExecuteAsync(
                    "delete from commit_log where namespace = $1 and sequence = any($2)",
                    cancellationToken,
                    Sql.Of(@namespace.Id),
                    Sql.Of(sequences.ToArray())),
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <param name="before">What ended later stays.</param>
    /// <param name="cancellationToken">Ends it between two transactions.</param>
    /// <returns>How many there were.</returns>
    public async Task<long> RunsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var gone = 0L;
        await foreach (var runs in turns.PagesAsync(
            UnnamedRuns,
            row => row.GetInt64(0),
            joined: null,
            cancellationToken,
            Sql.Of(@namespace.Id),
            Sql.Of(before.ToStored()),
            Sql.Of(HistoryLimits.RunsKept)).ConfigureAwait(false))
        {
            gone += await turns.InNamespaceAsync(
                @namespace,
                connection => connection.ExecuteAsync("delete from run where id = any($1)", cancellationToken, Sql.Of(runs.ToArray())),
                cancellationToken).ConfigureAwait(false);
        }

        return gone;
    }
}
