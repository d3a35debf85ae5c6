using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Rows;

/// <summary>Rows of <c>service_entry</c>.</summary>
internal static class ServiceEntryTable
{
    private const string Columns = "kind, key, value, at, expires_at";

    private const string Insert = $"""
        INSERT INTO service_entry ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value, at = excluded.at, expires_at = excluded.expires_at
        """;

    private const string Update = "UPDATE service_entry SET value = ?3, at = ?4, expires_at = ?5 WHERE kind = ?1 AND key = ?2";

    private const string Lasting = "(expires_at IS NULL OR expires_at > ?6)";

    private const string Named = $"FROM service_entry WHERE kind = ?1 AND key = ?2 AND {Lasting}";

    private const string Expired = """
        DELETE FROM service_entry WHERE (kind, key) IN (SELECT kind, key FROM service_entry WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)
        """;

    /// <returns>False: there is one that has not expired.</returns>
    public static bool TryAdd(SqliteConnection connection, ServiceEntry entry, long now) =>
        Write(connection, $"{Insert} WHERE expires_at <= ?6", entry, now) > 0;

    public static void Put(SqliteConnection connection, ServiceEntry entry) => Write(connection, Insert, entry);

    /// <returns>False: there is none with that value.</returns>
    public static bool Replace(SqliteConnection connection, ServiceEntry entry, string expectedValue, long now) =>
        Write(connection, $"{Update} AND {Lasting} AND value = ?7", entry, now, expectedValue) > 0;

    public static ServiceEntry? Find(SqliteConnection connection, string kind, string key, long now)
    {
        using var row = connection.Statement($"SELECT {Columns} {Named}");
        Bind(row, kind, key, now);
        return row.Step() ? Read(row) : null;
    }

    public static List<ServiceEntry> List(SqliteConnection connection, string kind, ServicePosition? before, int limit, long now)
    {
        var behind = before is null ? "" : "AND (at, key) < (?3, ?2)";
        using var row = connection.Statement(
            $"SELECT {Columns} FROM service_entry WHERE kind = ?1 {behind} AND {Lasting} ORDER BY at DESC, key DESC LIMIT ?4");
        Bind(row, kind, before?.Key ?? "", now);
        row.Bind(3, before?.At.ToStored() ?? 0);
        row.Bind(4, limit);
        var entries = new List<ServiceEntry>();
        while (row.Step())
        {
            entries.Add(Read(row));
        }

        return entries;
    }

    public static bool Remove(SqliteConnection connection, string kind, string key, long now)
    {
        using var row = connection.Statement($"DELETE {Named}");
        Bind(row, kind, key, now);
        row.Run();
        return connection.Changes > 0;
    }

    public static int RemoveExpired(SqliteConnection connection, DateTimeOffset now, int limit)
    {
        using var row = connection.Statement(Expired);
        row.Bind(1, now.ToStored());
        row.Bind(2, limit);
        row.Run();
        return connection.Changes;
    }

    private static int Write(SqliteConnection connection, string sql, ServiceEntry entry, long? now = null, string? expected = null)
    {
        using var row = connection.Statement(sql);
        row.BindText(1, entry.Kind);
        row.BindText(2, entry.Key);
        row.BindText(3, entry.Value);
        row.Bind(4, entry.At.ToStored());
        row.Bind(5, entry.ExpiresAt.ToStored());
        if (now is { } known)
        {
            row.Bind(6, known);
        }

        if (expected is not null)
        {
            row.BindText(7, expected);
        }

        row.Run();
        return connection.Changes;
    }

    private static void Bind(SqliteStatement row, string kind, string key, long now)
    {
        row.BindText(1, kind);
        row.BindText(2, key);
        row.Bind(6, now);
    }

    private static ServiceEntry Read(SqliteStatement row)
    {
        const string Thing = "table service_entry";
        return new ServiceEntry(
            row.GetText(0),
            row.GetText(1),
            row.GetText(2),
            StoreTime.FromStored(row.GetInt64(3), Thing, "at"),
            StoreTime.FromStored(row.GetNullableInt64(4), Thing, "expires_at"));
    }
}
