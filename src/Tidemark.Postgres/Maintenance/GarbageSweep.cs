using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Maintenance;

/// <summary>
/// Removes history that closed before a time, embeddings that nothing needs then, and commits and runs that nothing names, namespace after
/// namespace, in short transactions: killed at any instant it leaves nothing half done, and the next one goes on.
/// </summary>
internal sealed class GarbageSweep(PostgresDatabase database, HistoryLimits history, DateTimeOffset embeddingsBefore, TimeSpan wait)
{
    // A namespace's history ends before the first commit that is not old enough, so that a clock that went backward
    // never makes it reach further. ($2 is the time now, $1 what its history is kept since.)
    private const string Limit = $"""
        select coalesce(
          (select min(c.sequence) from commit_log c
           where c.namespace = n.id and c.at >= $1 and (c.at <= $2 or coalesce(({TimesAhead.OfCommit}), c.at) >= $1)) - 1,
          n.sequence) from namespace n where n.id = $3
        """;

    private readonly SweepTurns _turns = new(database, wait);
    private readonly DateTimeOffset _now = database.Clock.GetUtcNow();

    public async Task<GarbageReport> RunAsync(CancellationToken cancellationToken)
    {
        await database.RunAsync(
            async connection =>
            {
                await SafeguardCopies.RequireAsync(connection, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        if (await database.RunAsync(
            connection => TimesAhead.AreThereAsync(connection, _now, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            await _turns.InStoreAsync(
                async connection =>
                {
                    await TimesAhead.CorrectAsync(connection, _now, cancellationToken).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }

        var (past, runs) = (default(SweptHistory), 0L);
        foreach (var @namespace in await NamespacesAsync(cancellationToken).ConfigureAwait(false))
        {
            var swept = new HistorySweep(_turns, @namespace);
            past += await swept.PastAsync(cancellationToken).ConfigureAwait(false);
            await swept.RemovalsAsync(cancellationToken).ConfigureAwait(false);
            await swept.GenerationsAsync(cancellationToken).ConfigureAwait(false);
            var log = new LogSweep(_turns, @namespace);
            await log.CommitsAsync(cancellationToken).ConfigureAwait(false);
            runs += history.RunsOf(@namespace.Name) is { } before ? await log.RunsAsync(before, cancellationToken).ConfigureAwait(false) : 0;
        }

        await _turns.InStoreAsync(
            connection => connection.ExecuteAsync(
                "delete from freshness where hour < $1 or hour > $2",
                cancellationToken,
                Sql.Of(StoreTime.HourOf(history.Before)),
                Sql.Of(StoreTime.HourOf(_now))),
            cancellationToken).ConfigureAwait(false);
        var embeddings = await new EmbeddingSweep(_turns, embeddingsBefore, _now).RunAsync(cancellationToken).ConfigureAwait(false);
        return new GarbageReport(
            past.States, past.Chunks, embeddings.Count, past.Bytes + embeddings.Bytes, DryRun: false)
        {
            Runs = runs,
        };
    }

    private async Task<List<SweptNamespace>> NamespacesAsync(CancellationToken cancellationToken) => await database.RunAsync(
        async connection =>
        {
            var swept = new List<SweptNamespace>();
            foreach (var (id, name) in await connection.ListAsync(
                "select id, name from namespace order by id", row => (row.GetInt64(0), row.GetStoreText(1)), cancellationToken).ConfigureAwait(false))
            {
                swept.Add(new SweptNamespace(id, name, await LimitAsync(connection, id, name, cancellationToken).ConfigureAwait(false)));
            }

            return swept;
        },
        cancellationToken).ConfigureAwait(false);

    private Task<long> LimitAsync(NpgsqlConnection connection, long id, string name, CancellationToken cancellationToken) =>
        connection.ScalarAsync<long>(
            Limit, cancellationToken, Sql.Of(history.Of(name).ToStored()), Sql.Of(_now.ToStored()), Sql.Of(id));
}
