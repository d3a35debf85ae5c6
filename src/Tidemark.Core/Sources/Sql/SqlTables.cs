namespace Tidemark.Sources;

/// <summary>Tables of one source have to be told apart by the ids that they make.</summary>
internal static class SqlTables
{
    /// <exception cref="TidemarkException"><c>usage</c>.</exception>
    public static void Check(SqlOptions options)
    {
        if (options.Tables.Count == 0)
        {
            throw new TidemarkException(ErrorCodes.Usage, $"'{options.Name}' names no tables", "name at least one");
        }

        var prefixes = options.Tables.Select(table => (table.Name, new SqlRows(table, options.Dialect).Prefix)).ToArray();
        for (var i = 0; i < prefixes.Length; i++)
        {
            var (name, prefix) = prefixes[i];
            if (Array.Find(prefixes[..i], other => prefix.StartsWith(other.Prefix, StringComparison.Ordinal) || other.Prefix.StartsWith(prefix, StringComparison.Ordinal)) is
                { Name: { } same } other)
            {
                throw new TidemarkException(
                    ErrorCodes.Usage,
                    $"'{same}' and '{name}' may make the same id: theirs begin with '{other.Prefix}' and '{prefix}'",
                    "let the ids of each table begin with something of its own: \"id\": \"products/{id}\"");
            }
        }
    }
}
