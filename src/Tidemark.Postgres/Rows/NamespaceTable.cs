using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>Reads and makes rows of <c>namespace</c>.</summary>
internal static class NamespaceTable
{
    // The last complete run by number, not by time: a clock that was ahead once would hide all that came after.
    private const string FindRow = $"""
        select n.id, n.fence, n.sequence,
               (select finished_at from run r where r.namespace = n.id and r.complete order by r.id desc limit 1), {GenerationTable.Columns}, n.generation,
               {LostRows.Emptied}, {NamespaceCopies.Fault}, b.*
        from namespace n
        left join ({GenerationTable.Tables}) on g.id = n.generation
        {GenerationTable.BesideJoin}
        where n.name = $1
        """;

    private const int Emptied = 5 + GenerationTable.Count;

    private const int Differing = Emptied + 1;

    private const int Beside = Differing + 1;

    /// <returns>With id 0 and empty where it does not exist.</returns>
    public static async Task<StoredNamespace> FindAsync(
        NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        var found = await connection.ListAsync(
            FindRow,
            row => new StoredNamespace(
                row.GetInt64(0),
                row.GetInt64(1),
                new NamespaceRecord(name, row.GetInt64(2), GenerationTable.Read(row, 4))
                {
                    Beside = GenerationTable.Read(row, Beside),
                    LastCompleteSync = StoreTime.Known(row.GetOptionalInt64(3)),
                })
            {
                Fault = row.GetOptionalText(Emptied),
                Difference = row.GetOptionalText(Differing),
            },
            cancellationToken,
            Sql.Of(StoreText.Encode(name))).ConfigureAwait(false);
        return found.Count == 1 ? found[0] : new StoredNamespace(0, 0, new NamespaceRecord(name, 0, null));
    }

    /// <summary>Finds or makes it; whoever holds it alone raises its fence, so that a former holder cannot write any more.</summary>
    public static async Task<StoredNamespace> HoldAsync(
        NpgsqlConnection connection, string name, NamespaceHold hold, CancellationToken cancellationToken)
    {
        var found = await FindAsync(connection, name, cancellationToken).ConfigureAwait(false);
        if (found.Id == 0)
        {
            await LostRows.RefuseNamespaceAsync(connection, name, cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync(
                "insert into namespace (name) values ($1) on conflict do nothing", cancellationToken,
                Sql.Of(StoreText.Encode(name))).ConfigureAwait(false);
            found = await FindAsync(connection, name, cancellationToken).ConfigureAwait(false);
        }

        return hold == NamespaceHold.Shared ? found : found with
        {
            Fence = await connection.ScalarAsync<long>(
                "update namespace set fence = fence + 1 where id = $1 returning fence", cancellationToken,
                Sql.Of(found.Id)).ConfigureAwait(false),
        };
    }
}
