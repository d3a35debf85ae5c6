using Npgsql;
using Tidemark.Postgres.Schema;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>
/// Compares tables, indexes, triggers, views, functions and sequences of records with those that this format has. Those of the search
/// index have their own check.
/// </summary>
internal sealed class SchemaCheck(NpgsqlConnection connection)
{
    private const string Table = "table";

    private const string Known = """
        select case relkind when 'r' then 'table' when 'i' then 'index' when 'v' then 'view' when 'S' then 'sequence' end, relname::text
        from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'i', 'v', 'S')
        union all select 'function', proname::text from pg_proc where pronamespace = current_schema()::regnamespace
        union all select 'trigger', t.tgname::text from pg_trigger t join pg_class c on c.oid = t.tgrelid
          where c.relnamespace = current_schema()::regnamespace
        union all select 'column', c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
          where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
        """;

    // A number is never given a second time. One beyond any that is given out is damage, and leads nowhere.
    private static readonly (string Counter, string Numbers)[] Counters =
    [
        ("document_key", "select key from document union all select document from layout union all select document from document_history"),
        ("chunk_key", "select key from chunk union all select unnest(chunks) from layout union all select unnest(chunks) from document_history"),
        ("queue_number", "select greatest(token, revision) from queue"),
        ("outbox_position", "select position from outbox"),
        ("document_history.key", "select key from document_history"),
        ("queue.key", "select key from queue"),
        ("source_id.id", "select id from source_id union all select source_id from document"),
        ("run.id", "select id from run union all select run from commit_log union all select run from document union all select run from ledger union all select run from embedding union all select run from document_history"),
        ("golden_run.id", "select id from golden_run"),
        .. CatalogCheck.Kinds.Where(kind => kind.Kind != "source_place").Select(kind => ($"{kind.Kind}.id", $"select id from {kind.Kind} union all select id from catalog where kind = '{kind.Kind}'")),
    ];

    /// <summary>Whether the tables could be read at all, whatever is in them.</summary>
    public async Task<bool> FindAsync(DamageList damages, CancellationToken cancellationToken)
    {
        var known = await KnownAsync(cancellationToken).ConfigureAwait(false);
        var isReadable = true;
        foreach (var part in SchemaMigrations.Parts)
        {
            if (!known.Contains((part.Kind, part.Name)))
            {
                damages.Add($"{part.Kind} {part.Name}", "it is gone", part is { Kind: Table, Name: "document" or "layout" or "chunk" or "source_id" } ? DamageKind.Document : DamageKind.Derivable);
                isReadable &= part.Kind is not (Table or "view");
                continue;
            }

            foreach (var column in part.Columns.Where(column => !known.Contains(("column", $"{part.Name}.{column}"))))
            {
                damages.AddLostColumn(part.Name, column);
                isReadable = false;
            }
        }

        return isReadable;
    }

    /// <summary>Makes what is gone anew; tables are empty then.</summary>
    /// <returns>How much was made.</returns>
    public async Task<long> MendAsync(CancellationToken cancellationToken)
    {
        var made = 0L;
        var known = await KnownAsync(cancellationToken).ConfigureAwait(false);
        foreach (var part in SchemaMigrations.Parts.Where(part => !known.Contains((part.Kind, part.Name))))
        {
            await connection.ExecuteAsync(part.Sql, cancellationToken).ConfigureAwait(false);
            made++;
        }

        return made;
    }

    /// <summary>After everything else was mended: new rows get numbers behind those that are there.</summary>
    public async Task AdvanceCountersAsync(CancellationToken cancellationToken)
    {
        foreach (var (counter, numbers) in Counters)
        {
            var sequence = counter.Split('.') is [var table, var column] ? $"pg_get_serial_sequence('{table}', '{column}')" : $"'{counter}'";
            await connection.ExecuteAsync(
                $"""
                select setval({sequence}, found.newest)
                from (select max(number) as newest from ({numbers}) numbers(number) where number < 1::bigint << 40) found
                where found.newest > coalesce(pg_sequence_last_value({sequence}::regclass), 0)
                """,
                cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<HashSet<(string Kind, string Name)>> KnownAsync(CancellationToken cancellationToken) => [.. await connection.ListAsync(
        Known, row => (row.GetString(0), row.GetString(1)), cancellationToken).ConfigureAwait(false)];
}
