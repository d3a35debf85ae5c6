using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Publishing;

/// <summary>Reads and acknowledges the outbox of one namespace; the session that made it holds the store.</summary>
internal sealed class SqliteOutboxDrain(SqliteDatabase database, long @namespace) : IOutboxDrain
{
    private const string Generations = """
        SELECT x.generation FROM external_index x JOIN generation g ON g.id = x.generation WHERE g.namespace = ?1 AND x.location = ?2
        """;

    private const string FirstWrite =
        $"SELECT coalesce(min(position), 0) FROM outbox WHERE generation = ?1 AND {RowStates.Written}";

    private const string FirstDelete =
        $"SELECT coalesce(min(position), 0) FROM outbox WHERE generation = ?1 AND {RowStates.Deleted}";

    private const string Writes = $"""
        SELECT position, opened, chunk, change FROM outbox WHERE generation = ?1 AND {RowStates.Written} ORDER BY position LIMIT ?2
        """;

    private const string Deletes = $"""
        SELECT position, opened, chunk, change FROM outbox WHERE generation = ?1 AND {RowStates.Deleted} ORDER BY position LIMIT ?2
        """;

    private const string Acknowledge = "DELETE FROM outbox WHERE position = ?1 RETURNING document, change";

    private const string Bind = """
        UPDATE external_index SET incarnation = ?3
        WHERE location = ?2 AND generation IN (SELECT id FROM generation WHERE namespace = ?1)
        """;

    private const string Repeat = $"""
        INSERT OR IGNORE INTO outbox (generation, document, chunk, opened, change, at)
        SELECT c.generation, c.document, c.key, c.from_sequence, {RowStates.PatchNumber}, ?4
        FROM chunk c JOIN generation g ON g.id = c.generation JOIN external_index x ON x.generation = g.id
        WHERE g.namespace = ?1 AND c.key = ?2 AND c.from_sequence = ?3 AND c.to_sequence IS NULL
        """;

    public ValueTask<OutboxPage?> ReadAsync(string location, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        var connection = reader.Connection;
        if (Next(connection, location) is not { } next || ExternalIndexTable.Find(connection, next.Generation) is not { } index)
        {
            return ValueTask.FromResult<OutboxPage?>(null);
        }

        var entries = new List<OutboxEntry>();
        var contents = new EntryReader(connection, index.Binding.Namespace);
        using var rows = connection.Statement(next.IsWrite ? Writes : Deletes);
        rows.Bind(1, next.Generation);
        rows.Bind(2, limit);
        while (rows.Step())
        {
            var id = new EntryId(rows.GetInt64(1), new ChunkKey(rows.GetInt64(2)));
            var content = next.IsWrite ? contents.Find(id) : null;
            entries.Add(new OutboxEntry(rows.GetInt64(0), id, (OutboxChange)rows.GetInt32(3), content));
            if (content is { Vector.IsEmpty: true })
            {
                throw StoreRefusals.VectorLost(content.Document);
            }
        }

        return ValueTask.FromResult<OutboxPage?>(new OutboxPage(next.Generation, index.Binding, entries));
    }

    public async ValueTask AcknowledgeAsync(OutboxPage page, CancellationToken cancellationToken)
    {
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        writer.InTransaction((connection, index) =>
        {
            var written = new SortedSet<long>();
            foreach (var entry in page.Entries)
            {
                // What has changed meanwhile stands at another position by now, and stays.
                using var row = connection.Statement(Acknowledge);
                row.Bind(1, entry.Position);
                if (row.Step() && row.GetInt32(1) == (int)OutboxChange.Put)
                {
                    written.Add(row.GetInt64(0));
                }
            }

            foreach (var document in written)
            {
                index.PublishIfComplete(page.Generation, document);
            }

            return true;
        });
    }

    public ValueTask<IndexBinding> BindingAsync(PipelineIdentity pipeline, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        return ValueTask.FromResult(ExternalIndexTable.Planned(reader.Connection, @namespace, pipeline));
    }

    public async ValueTask BindAsync(string location, string incarnation, CancellationToken cancellationToken)
    {
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        writer.InTransaction((connection, _) =>
        {
            using var row = connection.Statement(Bind);
            row.Bind(1, @namespace);
            row.BindText(2, location);
            row.BindText(3, incarnation);
            row.Step();
            return true;
        });
    }

    public async ValueTask RepeatAsync(IReadOnlyCollection<EntryId> entries, CancellationToken cancellationToken)
    {
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        writer.InTransaction((connection, _) =>
        {
            foreach (var entry in entries)
            {
                using var row = connection.Statement(Repeat);
                row.Bind(1, @namespace);
                row.Bind(2, entry.Chunk.Value);
                row.Bind(3, entry.Sequence);
                row.Bind(4, database.Clock.GetUtcNow().ToStored());
                row.Step();
            }

            return true;
        });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The generation whose turn it is: deletions wait until nothing is left to write.</summary>
    private (long Generation, bool IsWrite)? Next(SqliteConnection connection, string location)
    {
        var generations = new List<long>();
        using (var rows = connection.Statement(Generations))
        {
            rows.Bind(1, @namespace);
            rows.BindText(2, location);
            while (rows.Step())
            {
                generations.Add(rows.GetInt64(0));
            }
        }

        foreach (var sql in (string[])[FirstWrite, FirstDelete])
        {
            var (first, turn) = (long.MaxValue, 0L);
            foreach (var generation in generations)
            {
                var position = connection.Scalar(sql, generation);
                (first, turn) = position > 0 && position < first ? (position, generation) : (first, turn);
            }

            if (turn > 0)
            {
                return (turn, ReferenceEquals(sql, FirstWrite));
            }
        }

        return null;
    }
}
