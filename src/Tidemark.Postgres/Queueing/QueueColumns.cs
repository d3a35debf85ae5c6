using System.Text;
using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Server;
using Tidemark.Queueing;

namespace Tidemark.Postgres.Queueing;

/// <summary>How a row of <c>queue</c> becomes the change that was put in.</summary>
internal static class QueueColumns
{
    /// <summary>What <see cref="Find"/> reads, of a table q.</summary>
    public const string Sealed = "q.source, q.document, q.source_id, q.version, q.modified_at, q.payload, q.seal";

    /// <param name="row">The columns of <see cref="Sealed"/>.</param>
    /// <param name="first">Where they begin.</param>
    /// <returns>Null: it is no change, or not the one that was put in.</returns>
    public static DocumentChange? Find(NpgsqlDataReader row, int first) =>
        StoredValue.FaultOf(0, 0, row.GetOptionalInt64(first + 4), null, null) is not null
            ? null
            : ChangePayload.Find(
                (row.GetStoreText(first), row.GetStoreText(first + 1), row.GetStoreText(first + 2), row.GetVersion(first + 3, "table queue")),
                Encoding.UTF8.GetBytes(row.GetString(first + 5)),
                row.GetOptionalInt64(first + 6));
}
