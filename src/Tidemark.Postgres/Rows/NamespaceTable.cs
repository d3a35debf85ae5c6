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
               {LostRows.Emptied}, {NamespaceCopies.Fault},
               (select min(d.expires_at) from document d where d.namespace = n.id and d.{RowStates.Live} and d.expires_at is not null),
               {Sighting}, b.*
        from namespace n
        left join ({GenerationTable.Tables}) on g.id = n.generation
        {GenerationTable.BesideJoin}
        where n.name = $1
        """;

    /// <summary>Of what is by the name <c>n</c>.</summary>
    private const string Sighting = """
        (select value from service_entry where kind = 'store' and key = 'mark'),
        (select c.at from commit_log c where c.namespace = n.id and c.sequence = n.sequence)
        """;

    private const string SightingOf = $"select n.id, n.sequence, {Sighting} from namespace n where n.name = $1 and not pg_is_in_recovery()";

    private const string CommitTime = "select at from commit_log where namespace = (select id from namespace where name = $1) and sequence = $2";

    private const int Emptied = 5 + GenerationTable.Count;

    private const int Differing = Emptied + 1;

    private const int NextExpiry = Differing + 1;

    private const int Mark = NextExpiry + 1;

    private const int Beside = Mark + 2;

    /// <returns>With id 0 and empty where it does not exist.</returns>
    public static async Task<StoredNamespace> FindAsync(
        NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        var found = await connection.ListAsync(
            FindRow, row => Read(row, name), cancellationToken, Sql.Of(StoreText.Encode(name))).ConfigureAwait(false);
        return found.Count == 1 ? found[0] : new StoredNamespace(0, 0, new NamespaceRecord(name, 0, null));
    }

    /// <summary>
    /// Takes its locks, raises its fence, if it is to be held alone, and reads it, in one message to the server: the row is read with a
    /// snapshot of its own, behind the locks.
    /// </summary>
    /// <param name="connection">Holds it from now on.</param>
    /// <param name="locks">An expression that takes the locks, by <c>$1</c> and <c>$2</c>, and those two.</param>
    /// <param name="name">Of the namespace.</param>
    /// <param name="hold">As the expression takes it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Null: somebody else has it.</returns>
    public static async Task<StoredNamespace?> TakeAsync(
        NpgsqlConnection connection, (string Taking, string[] Keys) locks, string name, NamespaceHold hold, CancellationToken cancellationToken)
    {
        var raising = hold == NamespaceHold.Shared ? "select null::bigint as fence where false"
            : "update namespace set fence = fence + 1 from taken where taken.got and name = $3 returning fence";
        var batch = new NpgsqlBatch(connection)
            .Add(
                $"""
                with taken as materialized (select {locks.Taking} as got), raised as ({raising})
                select got, (select fence from raised) from taken where $3 is not null
                """,
                Sql.Of(locks.Keys[0]),
                Sql.Of(locks.Keys[1]),
                Sql.Of(StoreText.Encode(name)))
            .Add(FindRow, Sql.Of(StoreText.Encode(name)));
        await using var held = batch.ConfigureAwait(false);
        (bool Got, long? Fence) taken;
        List<StoredNamespace> found;
        var rows = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            taken = (await rows.ListAsync(connection, row => (row.GetBoolean(0), row.GetOptionalInt64(1)), cancellationToken)
                .ConfigureAwait(false))[0];
            found = await rows.NextListAsync(connection, row => Read(row, name), cancellationToken).ConfigureAwait(false);
        }

        return !taken.Got ? null
            : found.Count == 1 && (hold == NamespaceHold.Shared || found[0].Fence == taken.Fence) ? found[0]
            : await HoldAsync(connection, name, hold, cancellationToken).ConfigureAwait(false);
    }

    private static StoredNamespace Read(NpgsqlDataReader row, string name) => new(
        row.GetInt64(0),
        row.GetInt64(1),
        new NamespaceRecord(name, row.GetInt64(2), GenerationTable.Read(row, 4))
        {
            Beside = GenerationTable.Read(row, Beside),
            LastCompleteSync = StoreTime.Known(row.GetOptionalInt64(3)),
            Sighting = Seen(row, row.GetInt64(0), row.GetInt64(2), Mark),
            NextExpiry = row.GetOptionalInt64(NextExpiry) is { } first ? StoreTime.Known(first) : DateTimeOffset.MaxValue,
        })
    {
        Fault = row.GetOptionalText(Emptied),
        Difference = row.GetOptionalText(Differing),
    };

    /// <returns>Null: there is no such namespace, or this is a replica.</returns>
    public static async Task<StoreSighting?> FindSightingAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken) =>
        (await connection.ListAsync(
            SightingOf, row => Seen(row, row.GetInt64(0), row.GetInt64(1), 2), cancellationToken, Sql.Of(StoreText.Encode(name))).ConfigureAwait(false))
        .FirstOrDefault();

    /// <returns>Null: that is not known any more.</returns>
    public static async Task<DateTimeOffset?> FindCommitTimeAsync(
        NpgsqlConnection connection, string name, long sequence, CancellationToken cancellationToken) =>
        (await connection.ListAsync(
            CommitTime, row => StoreTime.Known(row.GetInt64(0)), cancellationToken, Sql.Of(StoreText.Encode(name)), Sql.Of(sequence)).ConfigureAwait(false))
        .FirstOrDefault();

    private static StoreSighting Seen(NpgsqlDataReader row, long id, long sequence, int at) =>
        new(row.GetOptionalText(at), id, sequence, StoreTime.Known(row.GetOptionalInt64(at + 1)));

    /// <summary>Finds or makes it; whoever holds it alone raises its fence, so that a former holder cannot write any more.</summary>
    private static async Task<StoredNamespace> HoldAsync(
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
