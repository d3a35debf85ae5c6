using Npgsql;
using Tidemark.Postgres.Applying;
using Tidemark.Postgres.Locking;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Publishing;

/// <summary>
/// Reads and acknowledges the outbox of one namespace. The right to do so is an advisory lock of a connection of its own, so
/// that runs that share the namespace do not drain it twice.
/// </summary>
internal sealed class PostgresOutboxDrain : IOutboxDrain
{
    private const string Next = $"""
        select x.generation, w.first, d.first
        from external_index x join generation g on g.id = x.generation
        left join lateral (
          select position as first from outbox where generation = x.generation and {RowStates.Written} order by position limit 1) w on true
        left join lateral (
          select position as first from outbox where generation = x.generation and {RowStates.Deleted} order by position limit 1) d on true
        where g.namespace = $1 and x.location = $2
        """;

    private const string Acknowledge = """
        delete from outbox where generation = $1 and position = any($2) returning document, change
        """;

    private const string Bind = """
        update external_index x set incarnation = $3 from generation g
        where x.location = $2 and g.id = x.generation and g.namespace = $1
        """;

    private const string Repeat = $"""
        insert into outbox (generation, document, chunk, opened, change, at)
        select c.generation, c.document, c.key, c.from_sequence, {RowStates.PatchNumber}, $4
        from unnest($2::bigint[], $3::bigint[]) w(key, opened)
        join chunk c on c.key = w.key and c.from_sequence = w.opened and c.to_sequence is null
        join generation g on g.id = c.generation and g.namespace = $1
        join external_index x on x.generation = g.id
        on conflict do nothing
        """;

    private readonly PostgresDatabase _database;
    private readonly NpgsqlConnection _connection;
    private readonly long _namespace;

    private PostgresOutboxDrain(PostgresDatabase database, NpgsqlConnection connection, long @namespace)
    {
        _database = database;
        _connection = connection;
        _namespace = @namespace;
    }

    /// <returns>Null: somebody else drains it.</returns>
    public static async ValueTask<PostgresOutboxDrain?> TryOpenAsync(
        PostgresDatabase database, long @namespace, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var key = new LockKeys(database.Address.Schema).OfOutbox(@namespace);
            var isOurs = await database.GuardAsync(connection, async () => await connection.ScalarAsync<bool>(
                "select pg_try_advisory_lock(hashtextextended($1, 0))", cancellationToken, Sql.Of(key)).ConfigureAwait(false), cancellationToken)
                .ConfigureAwait(false);
            if (isOurs)
            {
                return new PostgresOutboxDrain(database, connection, @namespace);
            }
        }
        catch
        {
            await connection.GiveBackAsync().ConfigureAwait(false);
            throw;
        }

        await connection.GiveBackAsync().ConfigureAwait(false);
        return null;
    }

    public ValueTask<OutboxPage?> ReadAsync(string location, int limit, CancellationToken cancellationToken) => _database.GuardAsync(_connection, async () =>
    {
        var heads = await _connection.ListAsync(
            Next,
            row => (Generation: row.GetInt64(0), Write: row.GetOptionalInt64(1), Delete: row.GetOptionalInt64(2)),
            cancellationToken,
            Sql.Of(_namespace),
            Sql.Of(StoreText.Encode(location))).ConfigureAwait(false);
        var isWrite = heads.Exists(head => head.Write is not null);
        var turn = heads.Where(head => (isWrite ? head.Write : head.Delete) is not null)
            .OrderBy(head => isWrite ? head.Write : head.Delete).FirstOrDefault();
        if (turn.Generation == 0
            || await ExternalIndexTable.FindAsync(_connection, turn.Generation, cancellationToken).ConfigureAwait(false) is not { } index)
        {
            return null;
        }

        var rows = await _connection.ListAsync(
            $"""
            select position, opened, chunk, change from outbox
            where generation = $1 and {(isWrite ? RowStates.Written : RowStates.Deleted)} order by position limit $2
            """,
            row => new OutboxEntry(
                row.GetInt64(0), new EntryId(row.GetInt64(1), new ChunkKey(row.GetInt64(2))), (OutboxChange)row.GetInt16(3), null),
            cancellationToken,
            Sql.Of(turn.Generation),
            Sql.Of(limit)).ConfigureAwait(false);
        return new OutboxPage(
            turn.Generation,
            index.Binding,
            isWrite ? await WithContentsAsync(index.Binding, rows, cancellationToken).ConfigureAwait(false) : rows);
    }, cancellationToken);

    public async ValueTask AcknowledgeAsync(OutboxPage page, CancellationToken cancellationToken) => await InTransactionAsync(
        async () =>
        {
            // What has changed meanwhile stands at another position by now, and stays.
            var acknowledged = await _connection.ListAsync(
                Acknowledge,
                row => (Document: row.GetInt64(0), Change: row.GetInt16(1)),
                cancellationToken,
                Sql.Of(page.Generation),
                Sql.Of(page.Entries.Select(entry => entry.Position).ToArray())).ConfigureAwait(false);
            var written = acknowledged.Where(row => row.Change == (int)OutboxChange.Put).Select(row => row.Document).Distinct();
            await new Publication(_connection, page.Generation).PublishAsync([.. written], [], cancellationToken).ConfigureAwait(false);
        },
        cancellationToken).ConfigureAwait(false);

    public ValueTask<IndexBinding> BindingAsync(PipelineIdentity pipeline, CancellationToken cancellationToken) =>
        _database.GuardAsync(_connection, async () => await ExternalIndexTable.PlannedAsync(
            _connection, _database, _namespace, pipeline, cancellationToken).ConfigureAwait(false), cancellationToken);

    public async ValueTask BindAsync(string location, string incarnation, CancellationToken cancellationToken) =>
        await InTransactionAsync(
            () => _connection.ExecuteAsync(
                Bind, cancellationToken, Sql.Of(_namespace), Sql.Of(StoreText.Encode(location)), Sql.Of(StoreText.Encode(incarnation))),
            cancellationToken).ConfigureAwait(false);

    public async ValueTask RepeatAsync(IReadOnlyCollection<EntryId> entries, CancellationToken cancellationToken) =>
        await InTransactionAsync(
            () => _connection.ExecuteAsync(
                Repeat,
                cancellationToken,
                Sql.Of(_namespace),
                Sql.Of(entries.Select(entry => entry.Chunk.Value).ToArray()),
                Sql.Of(entries.Select(entry => entry.Sequence).ToArray()),
                Sql.Of(_database.Clock.GetUtcNow().ToStored())),
            cancellationToken).ConfigureAwait(false);

    public ValueTask DisposeAsync() => _connection.ReleaseAsync();

    private async Task<IReadOnlyList<OutboxEntry>> WithContentsAsync(
        IndexBinding binding, List<OutboxEntry> rows, CancellationToken cancellationToken)
    {
        var contents = await EntryQuery.ReadAsync(
            _connection, binding.Namespace, [.. rows.Select(row => row.Id)], cancellationToken).ConfigureAwait(false);
        if (contents.FirstOrDefault(content => content.Vector.IsEmpty) is { } lost)
        {
            throw StoreRefusals.VectorLost(lost.Document);
        }

        var byId = contents.ToDictionary(content => content.Id);
        return rows.ConvertAll(row => row with { Content = byId.GetValueOrDefault(row.Id) });
    }

    /// <summary>Against batches that are applied at the same time: both lock the namespace's row first.</summary>
    private ValueTask<bool> InTransactionAsync(Func<Task> work, CancellationToken cancellationToken) =>
        _database.GuardAsync(_connection, async () =>
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    var transaction = await _connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                    await using var held = transaction.ConfigureAwait(false);
                    await _connection.ExecuteAsync(
                        "select 1 from namespace where id = $1 for no key update", cancellationToken, Sql.Of(_namespace)).ConfigureAwait(false);
                    await work().ConfigureAwait(false);
                    await transaction.CommitHeardAsync(cancellationToken).ConfigureAwait(false);
                    return true;
                }
                catch (Exception e) when (PostgresErrors.IsRetryable(e) && tries < 6)
                {
                    await _connection.ForgetPreparedAsync().ConfigureAwait(false);
                    await _database.PauseAsync(tries, cancellationToken).ConfigureAwait(false);
                }
            }
        }, cancellationToken);
}
