using System.Buffers.Binary;
using Npgsql;
using Tidemark.Archiving;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Schema;

/// <summary>What a copy that is under way notes in the schema itself: the parts that are there, and the keys and indexes that are not yet.</summary>
internal static class CopyNotes
{
    // Constraints first: a key that is gone may not take an index along that is dropped by itself.
    private const string FindIndexes = """
        select c.relname::text, i.relname::text, coalesce(pg_get_constraintdef(k.oid), ''), pg_get_indexdef(i.oid)
        from pg_index x
        join pg_class c on c.oid = x.indrelid and c.relnamespace = current_schema()::regnamespace and c.relname = any($1)
        join pg_class i on i.oid = x.indexrelid
        left join pg_constraint k on k.conindid = i.oid and k.contype in ('p', 'u')
        order by k.oid nulls last
        """;

    private static string PartsOf(StoreAddress address) => $"{StoreAddress.Quote(address.Schema)}.unfinished_copy_part";

    private static string IndexesOf(StoreAddress address) => $"{StoreAddress.Quote(address.Schema)}.unfinished_copy_index";

    /// <summary>In an empty store; its keys and indexes go until there are rows.</summary>
    public static async Task BeginAsync(NpgsqlConnection connection, StoreAddress address, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            $"""
            create table {PartsOf(address)} (name text not null, place integer not null, rows bigint not null, sum bytea not null, primary key (name, place));
            create table {IndexesOf(address)} (place bigint generated always as identity, making text not null)
            """,
            cancellationToken).ConfigureAwait(false);
        var indexes = await connection.ListAsync(
            FindIndexes,
            row => (Table: row.GetString(0), Name: row.GetString(1), Constraint: row.GetString(2), Definition: row.GetString(3)),
            cancellationToken,
            Sql.Of(ArchiveTables.All.Select(table => table.Name).ToArray())).ConfigureAwait(false);
        foreach (var index in indexes)
        {
            var isKey = index.Constraint.Length > 0;
            await connection.ExecuteAsync(
                $"insert into {IndexesOf(address)} (making) values ($1)", cancellationToken,
                Sql.Of(isKey ? $"alter table {index.Table} add constraint {index.Name} {index.Constraint}" : index.Definition)).ConfigureAwait(false);
            await connection.ExecuteAsync(
                isKey ? $"alter table {index.Table} drop constraint {index.Name}" : $"drop index {index.Name}", cancellationToken).ConfigureAwait(false);
        }
    }

    public static async Task<ILookup<string, ArchivePart>> ListAsync(NpgsqlConnection connection, StoreAddress address, CancellationToken cancellationToken)
    {
        var tables = ArchiveTables.All.ToDictionary(table => table.Name, StringComparer.Ordinal);
        var parts = await connection.ListAsync(
            $"select name, place, rows, sum from {PartsOf(address)}",
            row => new ArchivePart(
                tables[row.GetString(0)], row.GetInt32(1), row.GetInt64(2), BinaryPrimitives.ReadUInt128LittleEndian(row.GetFieldValue<byte[]>(3))),
            cancellationToken).ConfigureAwait(false);
        return parts.ToLookup(part => part.Table.Name, StringComparer.Ordinal);
    }

    public static Task AddAsync(NpgsqlConnection connection, StoreAddress address, ArchivePart part, CancellationToken cancellationToken)
    {
        var sum = new byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(sum, part.Sum);
        return connection.ExecuteAsync(
            $"insert into {PartsOf(address)} values ($1, $2, $3, $4)",
            cancellationToken,
            Sql.Of(part.Table.Name),
            Sql.Of(part.Place),
            Sql.Of(part.Rows),
            Sql.Of(sum));
    }

    /// <summary>Its rows, its parts, and what stands in the catalog for it.</summary>
    public static async Task ForgetAsync(NpgsqlConnection connection, StoreAddress address, ArchiveTable table, CancellationToken cancellationToken)
    {
        if (table == ArchiveTables.Generations)
        {
            await CopyMark.DropIndexesAsync(connection, cancellationToken).ConfigureAwait(false);
        }

        await connection.ExecuteAsync($"truncate table {table.Name}", cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync($"delete from {PartsOf(address)} where name = $1", cancellationToken, Sql.Of(table.Name)).ConfigureAwait(false);
        await connection.ExecuteAsync("delete from catalog where kind = $1", cancellationToken, Sql.Of(table.Name)).ConfigureAwait(false);
    }

    /// <returns>False: all are there.</returns>
    public static async Task<bool> TryMakeIndexAsync(NpgsqlConnection connection, StoreAddress address, CancellationToken cancellationToken)
    {
        var next = await connection.ListAsync(
            $"select place, making from {IndexesOf(address)} order by place limit 1", row => (Place: row.GetInt64(0), Making: row.GetString(1)), cancellationToken)
            .ConfigureAwait(false);
        if (next is not [var (place, making)])
        {
            return false;
        }

        await connection.ExecuteAsync($"set local maintenance_work_mem = '256MB'; {making}", cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync($"delete from {IndexesOf(address)} where place = $1", cancellationToken, Sql.Of(place)).ConfigureAwait(false);
        return true;
    }

    /// <summary>With what has to be there before it is a store.</summary>
    public static async Task EndAsync(NpgsqlConnection connection, StoreAddress address, CancellationToken cancellationToken)
    {
        while (await TryMakeIndexAsync(connection, address, cancellationToken).ConfigureAwait(false))
        {
            // A copy that ends has them all.
        }

        await connection.ExecuteAsync($"drop table {PartsOf(address)}; drop table {IndexesOf(address)}", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Of an attempt that is given up: keys and indexes are there again, and nothing is noted.</summary>
    public static async Task EndIfThereAsync(NpgsqlConnection connection, StoreAddress address, CancellationToken cancellationToken)
    {
        if (await connection.ScalarAsync<bool>("select to_regclass($1) is not null", cancellationToken, Sql.Of(IndexesOf(address))).ConfigureAwait(false))
        {
            await EndAsync(connection, address, cancellationToken).ConfigureAwait(false);
        }
    }
}
