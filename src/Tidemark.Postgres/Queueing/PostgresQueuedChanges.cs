using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark.Postgres.Queueing;

/// <summary>Rows of <c>queue</c> as people see and mend them.</summary>
internal sealed class PostgresQueuedChanges(PostgresDatabase database) : IQueuedChanges
{
    private const string Here = "namespace = (select id from namespace where name = $1)";
    private const string IsPending = $"{RowStates.Waiting} and (token = 0 or available <= (select ticks()))";
    private const string IsLeased = $"{RowStates.Waiting} and token <> 0 and available > (select ticks())";
    private const string IsDead = RowStates.Dead;

    private const string Counts = $"""
        select count(*) filter (where {IsPending}), count(*) filter (where {IsLeased}), count(*) filter (where {IsDead}),
               min(enqueued_at) filter (where {RowStates.Waiting})
        from queue where {Here}
        """;

    private const string State = $"case when {IsDead} then 2 when {IsLeased} then 1 else 0 end";

    private const string Rows = $"""
        select document, source, is_delete, {State}, available, priority, attempts, enqueued_at, code, message, remedy
        from queue where {Here}
        """;

    private const string RetryRows = $"""
        update queue set {RowStates.Waiting}, token = 0, available = least(available, (select ticks())), attempts = 0, losses = 0,
               code = null, message = null, remedy = null
        where {Here}
        """;

    public ValueTask<QueueCounts> CountAsync(string @namespace, CancellationToken cancellationToken) => database.RunAsync(
        async connection => (await connection.ListAsync(
            Counts,
            row => new QueueCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2))
            {
                OldestAt = StoreTime.FromStored(row.GetOptionalInt64(3), "table queue", "enqueued_at"),
            },
            cancellationToken,
            Text(@namespace)).ConfigureAwait(false))[0],
        cancellationToken);

    public async ValueTask<IReadOnlyList<QueuedChange>> ListAsync(
        string @namespace, QueuedState? state, int limit, CancellationToken cancellationToken) => await database.RunAsync(
        connection => connection.ListAsync(
            $"""{Rows} and {ConditionOf(state)} order by document collate "C", source collate "C" limit $2""",
            Read, cancellationToken, Text(@namespace), Sql.Of(limit)),
        cancellationToken).ConfigureAwait(false);

    public async ValueTask<QueuedChange?> FindAsync(string @namespace, string source, string document, CancellationToken cancellationToken) =>
        (await database.RunAsync(
            connection => connection.ListAsync(
                $"{Rows} and identity = queue_identity($2, $3)",
                Read, cancellationToken, Text(@namespace), Text(source), Text(document)),
            cancellationToken).ConfigureAwait(false)) is [var found] ? found : null;

    public async ValueTask<IReadOnlyList<string>> RetryAsync(
        string @namespace, IReadOnlyCollection<string>? documents, CancellationToken cancellationToken)
    {
        var retried = await database.RunAsync(
            connection => documents is null
                ? connection.ListAsync(
                    $"{RetryRows} and {IsDead} returning document", row => row.GetStoreText(0), cancellationToken, Text(@namespace))
                : connection.ListAsync(
                    $"{RetryRows} and document = any($2) and not ({IsLeased}) returning document",
                    row => row.GetStoreText(0), cancellationToken, Text(@namespace), Texts(documents)),
            cancellationToken).ConfigureAwait(false);
        return [.. retried.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public async ValueTask<long> DropAsync(
        string @namespace, IReadOnlyCollection<string>? documents, QueuedState? state, CancellationToken cancellationToken) =>
        await database.RunAsync(
            connection => documents is null
                ? connection.ExecuteAsync(
                    $"delete from queue where {Here} and {ConditionOf(state)}", cancellationToken, Text(@namespace))
                : connection.ExecuteAsync(
                    $"delete from queue where {Here} and {ConditionOf(state)} and document = any($2)",
                    cancellationToken, Text(@namespace), Texts(documents)),
            cancellationToken).ConfigureAwait(false);

    private static string ConditionOf(QueuedState? state) => state switch
    {
        QueuedState.Pending => IsPending,
        QueuedState.Leased => IsLeased,
        QueuedState.Dead => IsDead,
        _ => "true",
    };

    private static QueuedChange Read(NpgsqlDataReader row) => new()
    {
        Document = row.GetStoreText(0),
        Source = row.GetStoreText(1),
        IsDelete = row.GetInt16(2) != 0,
        State = (QueuedState)row.GetInt32(3),
        AvailableAt = StoreTime.FromStored(row.GetInt64(4), "table queue", "available"),
        Priority = (ChangePriority)row.GetInt16(5),
        Attempts = row.GetInt32(6),
        EnqueuedAt = StoreTime.FromStored(row.GetInt64(7), "table queue", "enqueued_at"),
        Failure = row.IsDBNull(8) ? null : new ChangeFailure(row.GetStoreText(8), row.GetOptionalText(9) ?? "", row.GetOptionalText(10) ?? ""),
    };

    private static NpgsqlParameter Text(string text) => Sql.Of(StoreText.Encode(text));

    private static NpgsqlParameter Texts(IReadOnlyCollection<string> texts) => Sql.Of(texts.Select(StoreText.Encode).ToArray());
}
