using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>Rows of <c>service_entry</c>.</summary>
internal static class ServiceEntryTable
{
    private const string Columns = "kind, key, value, at, expires_at";

    private const string Insert = $"""
        insert into service_entry as e ({Columns}) values ($1, $2, $3, $4, $5)
        on conflict (kind, key) do update set value = excluded.value, at = excluded.at, expires_at = excluded.expires_at
        """;

    private const string Add = $"{Insert} where e.expires_at <= $6";

    private const string Update = """
        update service_entry set value = $3, at = $4, expires_at = $5
        where kind = $1 and key = $2 and (expires_at is null or expires_at > $6) and value = $7
        """;

    private const string Named = "from service_entry where kind = $1 and key = $2 and (expires_at is null or expires_at > $3)";

    private const string Rows = $"""
        select {Columns} from service_entry where kind = $1 and (expires_at is null or expires_at > $2)
        order by at desc, key desc limit $3
        """;

    private const string RowsBehind = $"""
        select {Columns} from service_entry where kind = $1 and (expires_at is null or expires_at > $2) and (at, key) < ($4, $5)
        order by at desc, key desc limit $3
        """;

    private const string Expired = """
        delete from service_entry where ctid = any (array(
          select ctid from service_entry where expires_at <= $1 order by expires_at limit $2 for update skip locked))
        """;

    /// <returns>False: there is one that has not expired.</returns>
    public static async Task<bool> TryAddAsync(
        NpgsqlConnection connection, ServiceEntry entry, long now, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(Add, cancellationToken, [.. ValuesOf(entry), Sql.Of(now)]).ConfigureAwait(false) > 0;

    public static Task PutAsync(NpgsqlConnection connection, ServiceEntry entry, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(Insert, cancellationToken, ValuesOf(entry));

    /// <returns>False: there is none with that value.</returns>
    public static async Task<bool> ReplaceAsync(
        NpgsqlConnection connection, ServiceEntry entry, string expectedValue, long now, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            Update, cancellationToken, [.. ValuesOf(entry), Sql.Of(now), Sql.Of(StoreText.Encode(expectedValue))]).ConfigureAwait(false) > 0;

    public static async Task<ServiceEntry?> FindAsync(
        NpgsqlConnection connection, string kind, string key, long now, CancellationToken cancellationToken) => (await connection.ListAsync(
        $"select {Columns} {Named}", Read, cancellationToken, Of(kind), Of(key), Sql.Of(now)).ConfigureAwait(false)).FirstOrDefault();

    public static Task<List<ServiceEntry>> ListAsync(
        NpgsqlConnection connection, string kind, ServicePosition? before, int limit, long now, CancellationToken cancellationToken) =>
        before is { } position
            ? connection.ListAsync(
                RowsBehind, Read, cancellationToken, Of(kind), Sql.Of(now), Sql.Of(limit), Sql.Of(position.At.ToStored()), Of(position.Key))
            : connection.ListAsync(Rows, Read, cancellationToken, Of(kind), Sql.Of(now), Sql.Of(limit));

    public static async Task<bool> RemoveAsync(
        NpgsqlConnection connection, string kind, string key, long now, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync($"delete {Named}", cancellationToken, Of(kind), Of(key), Sql.Of(now)).ConfigureAwait(false) > 0;

    public static Task<int> RemoveExpiredAsync(
        NpgsqlConnection connection, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(Expired, cancellationToken, Sql.Of(now.ToStored()), Sql.Of(limit));

    private static NpgsqlParameter Of(string text) => Sql.Of(StoreText.Encode(text));

    private static NpgsqlParameter[] ValuesOf(ServiceEntry entry) =>
        [Of(entry.Kind), Of(entry.Key), Of(entry.Value), Sql.Of(entry.At.ToStored()), Sql.Of(entry.ExpiresAt.ToStored())];

    private static ServiceEntry Read(NpgsqlDataReader row)
    {
        const string Thing = "table service_entry";
        return new ServiceEntry(
            row.GetStoreText(0),
            row.GetStoreText(1),
            row.GetStoreText(2),
            StoreTime.FromStored(row.GetInt64(3), Thing, "at"),
            StoreTime.FromStored(row.GetOptionalInt64(4), Thing, "expires_at"));
    }
}
