using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Queueing;

/// <summary>Rows of <c>queue</c> as people see and mend them.</summary>
internal sealed class SqliteQueuedChanges(SqliteDatabase database) : IQueuedChanges
{
    private const string IsPending = $"{RowStates.Waiting} AND (token = 0 OR available <= ?2)";
    private const string IsLeased = $"{RowStates.Waiting} AND token <> 0 AND available > ?2";
    private const string IsDead = RowStates.Dead;

    private const string Counts = $"""
        SELECT count(*) FILTER (WHERE {IsPending}), count(*) FILTER (WHERE {IsLeased}), count(*) FILTER (WHERE {IsDead}),
               min(enqueued_at) FILTER (WHERE {RowStates.Waiting})
        FROM queue WHERE namespace = ?1
        """;

    private const string Rows = """
        SELECT document, source, is_delete, dead, token, available, priority, attempts, enqueued_at, code, message, remedy
        FROM queue WHERE namespace = ?1 AND
        """;

    private const string RetryRow = $"""
        UPDATE queue SET {RowStates.Waiting}, token = 0, available = min(available, ?2), attempts = 0, losses = 0,
               code = NULL, message = NULL, remedy = NULL
        WHERE namespace = ?1 AND
        """;

    private long Now => database.Clock.GetUtcNow().ToStored();

    public ValueTask<QueueCounts> CountAsync(string @namespace, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        using var row = reader.Connection.Statement(Counts);
        row.Bind(1, NamespaceTable.Find(reader.Connection, @namespace).Id);
        row.Bind(2, Now);
        row.Step();
        return ValueTask.FromResult(new QueueCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2))
        {
            OldestAt = StoreTime.FromStored(row.GetNullableInt64(3), "table queue", "enqueued_at"),
        });
    }

    public ValueTask<IReadOnlyList<QueuedChange>> ListAsync(
        string @namespace, QueuedState? state, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        var now = Now;
        using var row = reader.Connection.Statement($"{Rows} {ConditionOf(state)} AND ?2 = ?2 ORDER BY document, source LIMIT ?3");
        row.Bind(1, NamespaceTable.Find(reader.Connection, @namespace).Id);
        row.Bind(2, now);
        row.Bind(3, limit);
        var changes = new List<QueuedChange>();
        while (row.Step())
        {
            changes.Add(Read(row, now));
        }

        return ValueTask.FromResult<IReadOnlyList<QueuedChange>>(changes);
    }

    public ValueTask<QueuedChange?> FindAsync(string @namespace, string source, string document, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = database.Readers.RentSnapshot();
        using var row = reader.Connection.Statement($"{Rows} source = ?2 AND document = ?3");
        row.Bind(1, NamespaceTable.Find(reader.Connection, @namespace).Id);
        row.BindText(2, source);
        row.BindText(3, document);
        return ValueTask.FromResult(row.Step() ? Read(row, Now) : null);
    }

    public async ValueTask<IReadOnlyList<string>> RetryAsync(
        string @namespace, IReadOnlyCollection<string>? documents, CancellationToken cancellationToken)
    {
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        return writer.InTransaction((connection, _) =>
        {
            var retried = new SortedSet<string>(StringComparer.Ordinal);
            var condition = documents is null ? IsDead : $"document = ?3 AND NOT ({IsLeased})";
            foreach (var document in documents ?? [""])
            {
                using var row = connection.Statement($"{RetryRow} {condition} AND ?3 = ?3 RETURNING document");
                Bind(row, @namespace, connection, document);
                while (row.Step())
                {
                    retried.Add(row.GetText(0));
                }
            }

            return (IReadOnlyList<string>)[.. retried];
        });
    }

    public async ValueTask<long> DropAsync(
        string @namespace, IReadOnlyCollection<string>? documents, QueuedState? state, CancellationToken cancellationToken)
    {
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        return writer.InTransaction((connection, _) =>
        {
            var condition = documents is null ? ConditionOf(state) : $"document = ?3 AND {ConditionOf(state)}";
            var dropped = 0L;
            foreach (var document in documents ?? [""])
            {
                using var delete = connection.Statement(
                    $"DELETE FROM queue WHERE namespace = ?1 AND {condition} AND ?2 = ?2 AND ?3 = ?3");
                Bind(delete, @namespace, connection, document);
                delete.Step();
                dropped += connection.Changes;
            }

            return dropped;
        });
    }

    private static string ConditionOf(QueuedState? state) => state switch
    {
        QueuedState.Pending => IsPending,
        QueuedState.Leased => IsLeased,
        QueuedState.Dead => IsDead,
        _ => "1",
    };

    private void Bind(SqliteStatement statement, string @namespace, SqliteConnection connection, string document)
    {
        statement.Bind(1, NamespaceTable.Find(connection, @namespace).Id);
        statement.Bind(2, Now);
        statement.BindText(3, document);
    }

    private static QueuedChange Read(SqliteStatement row, long now) => new()
    {
        Document = row.GetText(0),
        Source = row.GetText(1),
        IsDelete = row.GetInt32(2) != 0,
        State = row.GetInt32(3) != 0 ? QueuedState.Dead
            : row.GetInt64(4) != 0 && row.GetInt64(5) > now ? QueuedState.Leased
            : QueuedState.Pending,
        AvailableAt = StoreTime.FromStored(row.GetInt64(5), "table queue", "available"),
        Priority = (ChangePriority)row.GetInt32(6),
        Attempts = row.GetInt32(7),
        EnqueuedAt = StoreTime.FromStored(row.GetInt64(8), "table queue", "enqueued_at"),
        Failure = row.IsNull(9) ? null : new ChangeFailure(row.GetText(9), row.GetText(10), row.GetText(11)),
    };
}
