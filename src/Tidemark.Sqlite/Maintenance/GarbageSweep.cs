using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>
/// Removes history that closed before a time, embeddings that nothing needs then, and commits and runs that nothing names, namespace after
/// namespace, in short transactions: killed at any instant it leaves nothing half done, and the next one goes on.
/// </summary>
internal sealed class GarbageSweep(SqliteDatabase database, HistoryLimits history, DateTimeOffset embeddingsBefore, TimeSpan wait)
{
    private readonly SweepTurns _turns = new(database, wait);
    private readonly DateTimeOffset _now = database.Clock.GetUtcNow();

    public async Task<GarbageReport> RunAsync(CancellationToken cancellationToken)
    {
        var areAhead = _turns.Look(connection =>
        {
            SafeguardCopies.Require(connection);
            return TimesAhead.AreThere(connection, _now);
        });
        await _turns.RunAsync(connection => Begin(connection, areAhead), cancellationToken).ConfigureAwait(false);
        var (past, runs) = (default(SweptHistory), 0L);
        foreach (var @namespace in _turns.Look(connection => HistoryEnds.List(connection, history, _now)))
        {
            var swept = new HistorySweep(_turns, @namespace);
            past += await swept.PastAsync(cancellationToken).ConfigureAwait(false);
            await swept.RemovalsAsync(cancellationToken).ConfigureAwait(false);
            await swept.GenerationsAsync(cancellationToken).ConfigureAwait(false);
            await swept.CommitsAsync(cancellationToken).ConfigureAwait(false);
            runs += history.RunsOf(@namespace.Name) is { } before ? await swept.RunsAsync(before, cancellationToken).ConfigureAwait(false) : 0;
        }

        var embeddings = await new EmbeddingSweep(_turns, embeddingsBefore, _now).RunAsync(cancellationToken).ConfigureAwait(false);
        await _turns.CheckpointAsync(cancellationToken).ConfigureAwait(false);
        return new GarbageReport(
            past.States, past.Chunks, embeddings.Count, past.Bytes + embeddings.Bytes, DryRun: false)
        {
            Runs = runs,
        };
    }

    private bool Begin(SqliteConnection connection, bool areAhead)
    {
        if (areAhead)
        {
            TimesAhead.Correct(connection, _now);
        }

        using var old = connection.Statement("DELETE FROM freshness WHERE hour < ?1 OR hour > ?2");
        old.Bind(1, StoreTime.HourOf(history.Before));
        old.Bind(2, StoreTime.HourOf(_now));
        old.Step();
        return true;
    }
}
