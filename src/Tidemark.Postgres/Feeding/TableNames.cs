namespace Tidemark.Postgres.Feeding;

/// <summary>Tables of one feed have to be told apart, in the log and by the ids that they make.</summary>
internal static class TableNames
{
    /// <exception cref="TidemarkException"><c>feed.setup</c>: one table is named twice, or two may make one id.</exception>
    public static void Check(IReadOnlyList<SourceTable> tables)
    {
        for (var i = 0; i < tables.Count; i++)
        {
            foreach (var other in tables.Take(i))
            {
                Check(other, tables[i]);
            }
        }
    }

    private static void Check(SourceTable one, SourceTable other)
    {
        if (one.Oid == other.Oid)
        {
            throw FeedErrors.Setup($"'{one.Name}' and '{other.Name}' are one table", "name it once in PostgresFeedOptions.Tables");
        }

        var (first, second) = (one.Mapper.Pattern.Prefix, other.Mapper.Pattern.Prefix);
        if (first.StartsWith(second, StringComparison.Ordinal) || second.StartsWith(first, StringComparison.Ordinal))
        {
            throw FeedErrors.Setup(
                $"'{one.Name}' and '{other.Name}' may make the same id: theirs begin with '{first}' and '{second}'",
                "let the ids of each table begin with something of its own: \"id\": \"products/{id}\"");
        }
    }
}
