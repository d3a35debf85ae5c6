namespace Tidemark.Postgres.Feeding;

/// <summary>
/// Looks at the tables before anything is made, and says what is missing: publishing a table without an identity would make the application's own
/// updates fail, and an id made of columns that a deletion does not carry could never be deleted.
/// </summary>
internal sealed class SourceCatalog(SourceDatabase database)
{
    private const string FindTable = """
        select c.oid::bigint, format('%I.%I', n.nspname, c.relname), c.relkind::text, c.relreplident::text, has_table_privilege(c.oid, 'select')::text,
               row_security_active(c.oid)::text
        from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = to_regclass($1)
        """;

    private const string FindColumns = """
        select attname::text, atttypid::bigint, format_type(atttypid, atttypmod), attgenerated::text from pg_attribute
        where attrelid = $1::oid and attnum > 0 and not attisdropped order by attnum
        """;

    /// <summary>Of the table itself, or of every partition that holds rows.</summary>
    private const string FindFiles = """
        select c.oid::bigint, format('%I.%I', n.nspname, c.relname), coalesce(pg_relation_filenode(c.oid), 0)::bigint,
               pg_relation_size(c.oid) / current_setting('block_size')::bigint, c.relkind::text, c.relreplident::text
        from (select relid::oid from pg_partition_tree($1::oid::regclass) where isleaf
              union select oid from pg_class where oid = $1::oid and relkind = 'r') t
        join pg_class c on c.oid = t.relid join pg_namespace n on n.oid = c.relnamespace order by c.oid
        """;

    /// <summary>Columns of unique keys, each key as one list: name of the index, whether it is the primary key, whether it is the identity, columns.</summary>
    private const string FindKeys = """
        select i.indexrelid::bigint, i.indisprimary::text, i.indisreplident::text,
               (select string_agg(a.attname, chr(1) order by k.n) from unnest(i.indkey::int2[]) with ordinality k(attnum, n)
                join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum where k.n <= i.indnkeyatts)
        from pg_index i where i.indrelid = $1::oid and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null
        """;

    private const string FindServer = """
        select current_setting('wal_level'), current_setting('server_version_num'), pg_is_in_recovery()::text,
               (select (rolreplication or rolsuper)::text from pg_roles where rolname = current_user)
        """;

    /// <exception cref="TidemarkException"><c>feed.setup</c></exception>
    public async Task CheckServerAsync(CancellationToken cancellationToken)
    {
        var server = (await database.ListAsync(FindServer, cancellationToken).ConfigureAwait(false))[0];
        if (SourceDatabase.Number(server[1]) < 160_000)
        {
            throw FeedErrors.Setup($"'{database.Name}' is older than PostgreSQL 16", "a feed needs PostgreSQL 16 or newer; it is tried with 17");
        }

        if (server[2] == "true")
        {
            throw FeedErrors.Setup($"'{database.Name}' is a standby", "name the primary server in the source's address");
        }

        if (server[0] != "logical")
        {
            throw FeedErrors.Setup(
                $"'{database.Name}' writes its log with wal_level = {server[0]}, which a feed cannot read",
                "set it and restart the server: alter system set wal_level = logical");
        }

        if (server[3] != "true")
        {
            throw FeedErrors.Setup(
                $"'{database.User}' may not read the log of '{database.Name}'", $"let it, as a superuser: alter role \"{database.User}\" replication");
        }
    }

    /// <exception cref="TidemarkException"><c>feed.setup</c></exception>
    public async Task<SourceTable> FindAsync(FeedTable table, CancellationToken cancellationToken)
    {
        if (await database.ListAsync(FindTable, cancellationToken, table.Name).ConfigureAwait(false) is not [var found])
        {
            throw FeedErrors.Setup($"'{database.Name}' has no table '{table.Name}'", "name it with its schema in PostgresFeedOptions.Tables, as SQL does: public.product");
        }

        var (oid, name, kind) = (SourceDatabase.Number(found[0]), found[1]!, found[2]);
        if (kind is not ("r" or "p"))
        {
            throw FeedErrors.Setup($"'{table.Name}' is no table, so its changes are not in the log", "name the tables that it is made of");
        }

        if (found[4] != "true")
        {
            throw FeedErrors.Setup(
                $"'{database.User}' may not read '{table.Name}'", $"let it: grant select on {name} to \"{database.User}\"");
        }

        if (found[5] == "true")
        {
            throw FeedErrors.Setup(
                $"row security hides rows of '{table.Name}' from '{database.User}', but the log does not",
                $"let it see them all, as a superuser: alter role \"{database.User}\" bypassrls");
        }

        var columns = await database.ListAsync(FindColumns, cancellationToken, oid).ConfigureAwait(false);
        var mapper = new RowMapper(table);
        CheckColumns(mapper, columns);
        var files = await database.ListAsync(FindFiles, cancellationToken, oid).ConfigureAwait(false);
        if (kind == "r")
        {
            await CheckIdentityAsync(mapper, oid, name, found[3]!, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await CheckPartitionsAsync(mapper, oid, files, cancellationToken).ConfigureAwait(false);
        }

        (string Name, uint Type, string TypeName)[] known = [.. columns.Select(column => (column[0]!, (uint)SourceDatabase.Number(column[1]), column[2]!))];
        mapper.Types = known.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        return new SourceTable(mapper, oid, name, known)
        {
            Files = [.. files.Select(file => new TableFile(SourceDatabase.Number(file[0]), file[1]!, SourceDatabase.Number(file[2]), SourceDatabase.Number(file[3])))],
            Shape = SourceTable.ShapeOf(
                table, oid, known.Where(column => mapper.Columns.Contains(column.Name, StringComparer.Ordinal)).Select(column => (column.Name, column.Type))),
        };
    }

    private static void CheckColumns(RowMapper mapper, List<string?[]> columns)
    {
        foreach (var wanted in mapper.Columns)
        {
            if (columns.Find(column => column[0] == wanted) is not { } column)
            {
                throw FeedErrors.Setup(
                    $"the table '{mapper.Table}' has no column '{wanted}'",
                    $"name one of its columns in PostgresFeedOptions.Tables: {string.Join(", ", columns.Select(one => one[0]))}");
            }

            if (column[3] is { Length: > 0 })
            {
                throw FeedErrors.Setup(
                    $"the column '{wanted}' of '{mapper.Table}' is generated, and the log does not carry it",
                    "name the columns that it is made of");
            }
        }
    }

    private async Task CheckPartitionsAsync(RowMapper mapper, long oid, List<string?[]> files, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
        {
            await CheckKeyAsync(mapper, oid, cancellationToken).ConfigureAwait(false);
        }

        foreach (var file in files)
        {
            if (file[4] != "r")
            {
                throw FeedErrors.Setup($"the partition {file[1]} of '{mapper.Table}' is no table of this server", "leave the table out");
            }

            await CheckIdentityAsync(mapper, SourceDatabase.Number(file[0]), file[1]!, file[5]!, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CheckIdentityAsync(RowMapper mapper, long oid, string name, string identity, CancellationToken cancellationToken)
    {
        var keys = await CheckKeyAsync(mapper, oid, cancellationToken).ConfigureAwait(false);
        var carried = identity switch
        {
            "f" => null,
            "d" => keys.Where(key => key[1] == "true").Select(ColumnsOf).FirstOrDefault() ?? [],
            "i" => keys.Where(key => key[2] == "true").Select(ColumnsOf).FirstOrDefault() ?? [],
            _ => [],
        };
        if (carried is [])
        {
            throw FeedErrors.Setup(
                $"the table {name} has no replica identity: published as it is, the application's own updates and deletes would fail",
                $"give it a primary key, or: alter table {name} replica identity using index …; or, at the cost of a longer log: alter table {name} replica identity full");
        }

        if (carried is not null && mapper.Pattern.Fields.FirstOrDefault(field => !carried.Contains(field, StringComparer.Ordinal)) is { } field)
        {
            throw FeedErrors.Setup(
                $"the ids of '{mapper.Table}' are made of '{field}', which a deletion does not carry (it carries {string.Join(", ", carried)})",
                $"make the id of {string.Join(", ", carried.Select(column => $"{{{column}}}"))}; or: alter table {name} replica identity full");
        }
    }

    /// <summary>Two rows of one id would be one document.</summary>
    private async Task<List<string?[]>> CheckKeyAsync(RowMapper mapper, long oid, CancellationToken cancellationToken)
    {
        var keys = await database.ListAsync(FindKeys, cancellationToken, oid).ConfigureAwait(false);
        if (!keys.Exists(key => ColumnsOf(key).All(column => mapper.Pattern.Fields.Contains(column, StringComparer.Ordinal))))
        {
            throw FeedErrors.Setup(
                $"the ids of '{mapper.Table}' are made of {string.Join(", ", mapper.Pattern.Fields)}, which several rows may share",
                "make the id of all columns of the primary key, or of a unique index");
        }

        return keys;
    }

    private static string[] ColumnsOf(string?[] key) => key[3]!.Split('\u0001');
}
