using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Queueing;

/// <summary>How a row of <c>queue</c> becomes the change that was put in.</summary>
internal static class QueueColumns
{
    /// <summary>What <see cref="Find"/> reads.</summary>
    public const string Sealed = "source, document, source_id, version, modified_at, payload, seal";

    /// <param name="row">The columns of <see cref="Sealed"/>.</param>
    /// <param name="first">Where they begin.</param>
    /// <returns>Null: it is no change, or not the one that was put in.</returns>
    public static DocumentChange? Find(SqliteStatement row, int first) =>
        StoredValue.FaultOf(0, 0, row.GetNullableInt64(first + 4), null, null) is not null
            ? null
            : ChangePayload.Find(
                (
                    row.GetText(first),
                    row.GetText(first + 1),
                    row.GetText(first + 2),
                    new DocumentVersion(row.GetNullableInt64(first + 3), StoreTime.FromStored(row.GetNullableInt64(first + 4), "table queue", "modified_at"))),
                row.GetUtf8(first + 5).ToArray(),
                row.GetNullableInt64(first + 6));
}
