using System.Globalization;
using Tidemark.Documents;
using Tidemark.Queueing;

namespace Tidemark.Postgres.Feeding;

/// <summary>
/// Reads tables beside the log, block by block as they lie on disk: a row that does not change does not move, and one that does is in the log. So
/// no order and no key is needed, and where it was is a number that says nothing of anybody.
/// </summary>
internal sealed class SnapshotReader(
    SourceDatabase database, SlotKeeper slots, FeedJournal journal, PostgresFeedOptions options, FeedTally tally, TimeProvider clock)
{
    private const int MostText = 4 * 1024 * 1024;

    /// <summary>Until all tables have been read.</summary>
    public async Task ReadAsync(IReadOnlyList<SourceTable> tables, CancellationToken cancellationToken)
    {
        while (Next(tables) is not null)
        {
            var segment = await SnapshotSegment.OpenAsync(database, slots, journal.State!.Slot, cancellationToken).ConfigureAwait(false);
            await using var held = segment.ConfigureAwait(false);
            var version = FeedVersion.OfSnapshot(journal.State!.Origin, segment.Position);
            await journal.TakeAsync([], state => state with { Top = Math.Max(state.Top, version) }, cancellationToken).ConfigureAwait(false);
            var began = clock.GetTimestamp();
            while (clock.GetElapsedTime(began) < options.SegmentTime && Next(tables) is { } table
                && await StepAsync(segment, table, version, cancellationToken).ConfigureAwait(false))
            {
            }
        }
    }

    private SourceTable? Next(IReadOnlyList<SourceTable> tables) => tables.FirstOrDefault(table => !journal.State!.Tables[table.Name].IsRead);

    /// <returns>False: the rows have moved, so this snapshot is too old for them.</returns>
    private async Task<bool> StepAsync(SnapshotSegment segment, SourceTable table, long version, CancellationToken cancellationToken)
    {
        var state = journal.State!.Tables[table.Name];
        if (state.File >= table.Files.Count)
        {
            await MoveAsync(table, [], state with { IsRead = true, BlocksRead = state.Blocks }, cancellationToken).ConfigureAwait(false);
            options.Observer?.OnEvent("snapshot", $"'{table.Name}' has been read", isTrouble: false);
            return true;
        }

        var file = table.Files[state.File];
        await SourceDatabase.ListAsync(segment.Connection, $"lock table only {file.Quoted} in access share mode", cancellationToken).ConfigureAwait(false);
        var found = await SourceDatabase.ListAsync(
            segment.Connection,
            "select coalesce(pg_relation_filenode($1::oid), 0)::bigint, pg_relation_size($1::oid) / current_setting('block_size')::bigint",
            cancellationToken,
            file.Oid).ConfigureAwait(false);
        var (place, blocks) = (SourceDatabase.Number(found[0][0]), SourceDatabase.Number(found[0][1]));
        if (place != file.File)
        {
            throw new TablesChangedException(table.Name);
        }

        var end = state.Block + options.StepBlocks;
        var isLast = end >= blocks;
        var range = string.Create(CultureInfo.InvariantCulture, $"x.ctid >= '({state.Block},0)'")
            + (isLast ? "" : string.Create(CultureInfo.InvariantCulture, $" and x.ctid < '({end},0)'"));
        var rest = await ReadAsync(segment, table, $"select {table.Selected} from only {file.Quoted} x where {range}", version, cancellationToken)
            .ConfigureAwait(false);
        await MoveAsync(
            table,
            rest,
            state with
            {
                File = isLast ? state.File + 1 : state.File,
                Block = isLast ? 0 : end,
                BlocksRead = Math.Min(state.Blocks, state.BlocksRead + options.StepBlocks),
            },
            cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <returns>The last ones, which are not in the queue yet.</returns>
    private async Task<List<DocumentChange>> ReadAsync(
        SnapshotSegment segment, SourceTable table, string sql, long version, CancellationToken cancellationToken)
    {
        var batch = new List<DocumentChange>();
        var text = 0;
        await foreach (var values in SourceDatabase.StreamAsync(segment.Connection, sql, [], cancellationToken).ConfigureAwait(false))
        {
            var row = table.RowOf(values);
            if (table.Mapper.IdOf(row) is not { } id)
            {
                tally.Fail(options.Observer, table.Name);
                continue;
            }

            if (batch.Count >= options.BatchSize || text >= MostText)
            {
                await journal.AddAsync(batch, cancellationToken).ConfigureAwait(false);
                batch.Clear();
                text = 0;
            }

            batch.Add(table.Mapper.Upsert(id, row, version, at: null));
            text += row.Length;
            tally.Rows++;
        }

        return batch;
    }

    private Task<EnqueueResult> MoveAsync(SourceTable table, IReadOnlyList<DocumentChange> changes, TableState next, CancellationToken cancellationToken) =>
        journal.TakeAsync(
            changes,
            state => state.With(
                table.Name,
                next with { IsDue = state.Tables[table.Name].IsDue, DueAt = state.Tables[table.Name].DueAt, Held = state.Tables[table.Name].Held }),
            cancellationToken);
}
