namespace Tidemark.Sources;

/// <summary>The SQL of one kind of database, as far as a source needs it. Identifiers are quoted, values are parameters.</summary>
public abstract class SqlDialect
{
    private protected SqlDialect()
    {
    }

    /// <summary>PostgreSQL.</summary>
    public static SqlDialect Postgres { get; } = new PostgresDialect();

    /// <summary>MySQL and MariaDB. The driver is to give columns of 16 bytes and of 36 characters as what they are, not as a GUID.</summary>
    public static SqlDialect MySql { get; } = new MySqlDialect();

    /// <summary>SQL Server.</summary>
    public static SqlDialect SqlServer { get; } = new SqlServerDialect();

    /// <summary>SQLite. Times are texts (ISO 8601) or seconds or milliseconds since 1970.</summary>
    public static SqlDialect Sqlite { get; } = new SqliteDialect();

    /// <summary>What makes a session write values as the others do; null: nothing is needed.</summary>
    internal virtual string? Session => null;

    /// <summary>One identifier.</summary>
    internal abstract string Quote(string identifier);

    /// <summary>A value to be read as the text of a document, or as a part of its id.</summary>
    internal virtual string Text(string expression, string type) => expression;

    /// <summary>A value to be read as metadata.</summary>
    internal virtual string Json(string expression, string type) => expression;

    /// <summary>Whether metadata come as JSON already.</summary>
    internal virtual bool GivesJson(string type) => false;

    /// <summary>A time stamp as a text that <see cref="Time"/> makes the same time stamp of.</summary>
    internal abstract string TimeText(string expression, string type);

    /// <summary>A time stamp of a parameter that has such a text.</summary>
    internal abstract string Time(string parameter, string type);

    /// <summary>That time stamp, less seconds that stand in another parameter.</summary>
    internal abstract string Earlier(string parameter, string seconds, string type);

    /// <summary>Now by the database's clock, in the zone that the database's own time stamps without a zone have.</summary>
    internal abstract string Clock(string type);

    /// <summary>The same, to be compared with a column.</summary>
    internal virtual string ClockFor(string expression, string type) => Clock(type);

    /// <summary>What a column of a key is ordered and compared by.</summary>
    internal virtual string Order(string expression, string type) => expression;

    /// <summary>Whether that is another value than the one that is read as text, so that it has to be read besides.</summary>
    internal virtual bool OrdersOtherwise(string type) => false;

    /// <summary>A key of a parameter, to be compared with <see cref="Order"/> by its rules.</summary>
    /// <param name="parameter">Its name.</param>
    /// <param name="type">The column's.</param>
    /// <param name="value">What it holds.</param>
    internal virtual string Key(string parameter, string type, object? value) => parameter;

    /// <summary>Whether a column of a key may hold values that it tells apart, and that are one text.</summary>
    internal virtual bool HoldsAnything(string type) => false;

    /// <summary>What stands in an id for a column of the key.</summary>
    internal virtual string IdText(string expression, string type) => Text(expression, type);

    /// <summary>A text that stands in a parameter.</summary>
    internal virtual string Literal(string parameter) => parameter;

    /// <summary>Texts one behind the other.</summary>
    internal virtual string Join(IReadOnlyList<string> texts) => $"concat({string.Join(", ", texts)})";

    /// <summary>Such a text, to be compared letter by letter.</summary>
    internal virtual string Exact(string text) => text;

    /// <summary>What a text of a time stamp is sent as.</summary>
    internal virtual object Bind(string time) => time;

    /// <summary>Whether such a time stamp is a moment wherever it is read.</summary>
    internal virtual bool IsMoment(string type) => false;

    /// <summary>A <c>select</c> of so many rows.</summary>
    internal virtual string Page(string columns, string from, string where, string order, int rows) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"select {columns} from {from} where {where} order by {order} limit {rows}");

    /// <summary>A table's name, perhaps with its schema, each part quoted; parts that are quoted already stay as they are.</summary>
    internal string QuoteName(string name)
    {
        var parts = new List<string>();
        var start = 0;
        var quote = '\0';
        for (var i = 0; i <= name.Length; i++)
        {
            var c = i < name.Length ? name[i] : '.';
            if (quote != '\0' && i < name.Length)
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c == '.')
            {
                parts.Add(Part(name[start..i]));
                start = i + 1;
            }
            else if (i == start)
            {
                quote = c switch
                {
                    '"' or '`' => c,
                    '[' => ']',
                    _ => '\0',
                };
            }
        }

        return string.Join('.', parts);
    }

    private string Part(string part) => part.Length > 1 && (part[0], part[^1]) is ('"', '"') or ('`', '`') or ('[', ']')
        ? Quote(part[1..^1].Replace(new string(part[^1], 2), part[^1..], StringComparison.Ordinal))
        : Quote(part);
}
