using Npgsql;
using Tidemark.Postgres.Queueing;
using Tidemark.Postgres.Server;
using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>Changes that wait and are not what was put in, or that nobody can read: they are given up, so that they hold no worker up.</summary>
internal sealed class QueueMender(NpgsqlConnection connection)
{
    private const string WaitingRows = $"select q.key, {QueueColumns.Sealed} from queue q where q.{RowStates.Waiting}";

    private const string GiveUp = $"update queue set {RowStates.Dead}, token = 0, code = $2, message = $3, remedy = $4 where key = any($1)";

    public async Task FindAsync(DamageList damages, CancellationToken cancellationToken)
    {
        if (await UnreadableAsync(cancellationToken).ConfigureAwait(false) is { Length: > 0 } found)
        {
            damages.AddUnreadableChanges(found.Length);
        }
    }

    public async Task<long> MendAsync(CancellationToken cancellationToken)
    {
        var unreadable = await UnreadableAsync(cancellationToken).ConfigureAwait(false);
        return unreadable.Length == 0 ? 0 : await connection.ExecuteAsync(
            GiveUp, cancellationToken, Sql.Of(unreadable), Sql.Of(ChangePayload.Unreadable.Code), Sql.Of(ChangePayload.Unreadable.Message),
            Sql.Of(ChangePayload.Unreadable.Remedy)).ConfigureAwait(false);
    }

    private async Task<long[]> UnreadableAsync(CancellationToken cancellationToken)
    {
        var unreadable = new List<long>();
        var rows = connection.StreamAsync(
            WaitingRows,
            row => (Key: row.GetInt64(0), IsChange: QueueColumns.Find(row, 1) is not null),
            cancellationToken);
        await foreach (var (key, isChange) in rows.ConfigureAwait(false))
        {
            if (!isChange)
            {
                unreadable.Add(key);
            }
        }

        return [.. unreadable];
    }
}
