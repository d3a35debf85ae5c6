using System.Text;

namespace Tidemark.Postgres.Schema;

/// <summary>Reads from the scripts what a schema of this format has. Pure.</summary>
internal static class SchemaParts
{
    private const string Table = "table", AddedColumn = "alter table";

    /// <summary>In the order in which they can be made.</summary>
    public static IReadOnlyList<SchemaPart> Of(IEnumerable<string> scripts)
    {
        var parts = new List<SchemaPart>();
        foreach (var statement in scripts.SelectMany(Statements))
        {
            var words = statement.Split([' ', '(', ';', '\n'], StringSplitOptions.RemoveEmptyEntries);
            if (statement.StartsWith(AddedColumn, StringComparison.Ordinal))
            {
                var at = parts.FindIndex(part => part.Kind == Table && part.Name == words[2]);
                parts[at] = parts[at] with { Sql = parts[at].Sql + "\n" + statement, Columns = Altered(parts[at].Columns, words) };
            }
            else if (words[0] == "create")
            {
                var kind = words[1] == "unique" ? 2 : 1;
                parts.RemoveAll(part => part.Kind == words[kind] && part.Name == words[kind + 1]);
                parts.Add(new SchemaPart(words[kind], words[kind + 1], statement)
                {
                    Columns = words[kind] == Table ? [.. ColumnsOf(statement)] : [],
                });
            }
        }

        return parts;
    }

    /// <summary>"alter table T rename column A to B", or "alter table T add column A …".</summary>
    private static IReadOnlyList<string> Altered(IReadOnlyList<string> columns, string[] words) => words[3] == "rename"
        ? [.. columns.Select(column => column == words[5] ? words[7] : column)]
        : [.. columns, words[5]];

    /// <summary>Each column stands on a line of its own, indented.</summary>
    private static IEnumerable<string> ColumnsOf(string table) =>
        from line in table.Split('\n')
        where line.StartsWith("  ", StringComparison.Ordinal)
        let name = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]
        where name is not ("primary" or "unique")
        select name;

    /// <summary>A statement ends with a line, and not within the body of a function.</summary>
    private static IEnumerable<string> Statements(string script)
    {
        var statement = new StringBuilder();
        var isInBody = false;
        foreach (var line in script.Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal)))
        {
            statement.Append(line).Append('\n');
            isInBody ^= line.Split("$$").Length % 2 == 0;
            if (!isInBody && line.EndsWith(';'))
            {
                yield return statement.ToString().Trim();
                statement.Clear();
            }
        }
    }
}
