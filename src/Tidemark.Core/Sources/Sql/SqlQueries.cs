
namespace Tidemark.Sources;

/// <summary>The questions that are asked of one table. Pure.</summary>
internal sealed class SqlQueries
{
    public const string Mark = "@mark", Overlap = "@overlap", Last = "@last", ClockMark = "@clock", Until = "@until";

    private readonly SqlDialect _dialect;
    private readonly SqlTable _table;
    private readonly SqlRows _rows;
    private readonly string _from;

    public SqlQueries(SqlDialect dialect, SqlTable table, SqlRows rows)
    {
        (_dialect, _table, _rows) = (dialect, table, rows);
        _from = $"{(table.Query is { } query ? $"({query})" : dialect.QuoteName(table.Name))} x";
    }

    /// <summary>The types of the columns of <see cref="Look"/>, as the database calls them, without their sizes.</summary>
    public IReadOnlyList<string> Types { get; set; } = [];

    public int Keys => _rows.Keys.Count;

    private string Updated => _table.Updated is [var one] ? Column(one) : $"coalesce({string.Join(", ", _table.Updated.Select(Column))})";

    /// <summary>Of the time stamp.</summary>
    public string UpdatedType => _table.Updated.Count == 0 ? "" : Types[^1];

    /// <summary>Of a column of metadata.</summary>
    public string MetadataType(int column) => Types[_rows.Texts.Count + column];

    /// <summary>The columns of the key that are ordered by another value than the one they are read as: those values stand behind everything else.</summary>
    public IReadOnlyList<int> Ordered => [.. Enumerable.Range(0, Keys).Where(key => _dialect.OrdersOtherwise(Types[key]))];

    /// <summary>No row, but columns: those that are read as texts, the key's first, the metadata, the time stamp, if there is one.</summary>
    public string Look =>
        $"select {string.Join(", ", [.. _rows.Texts.Concat(_table.Metadata).Select(Column), .. _table.Updated.Count == 0 ? Array.Empty<string>() : [Updated]])} from {_from} where 1 = 0";

    /// <summary>
    /// The latest time stamp that is not in the future, whether it is before the mark, the clock, and whether that is before what it was: four
    /// columns of one row. What was committed later than that moment less the overlap is read again.
    /// </summary>
    public string Start
    {
        get
        {
            var type = UpdatedType;
            var (mark, clock) = (_dialect.Time(Mark, type), _dialect.Time(ClockMark, type));
            return $"select {_dialect.TimeText("s.m", type)}, case when s.m < {mark} then 1 else 0 end, {_dialect.TimeText("s.c", type)}, "
                + $"case when s.c < {clock} then 1 else 0 end "
                + $"from (select max({Updated}) as m, {_dialect.Clock(type)} as c from {_from} where {Updated} <= {_dialect.ClockFor(Updated, type)}) s";
        }
    }

    /// <summary>How many rows have no key: no document can be made of them.</summary>
    public string Nameless => $"select count(*) from {_from} where {string.Join(" or ", _rows.Keys.Select(key => $"{Column(key)} is null"))}";

    /// <summary>A key that several rows have, as the database compares: they would be one document, and the next page would begin behind all of them.</summary>
    public string Shared
    {
        get
        {
            var keys = string.Join(", ", _rows.Keys.Select(Column));
            return _dialect.Page(
                string.Join(", ", _rows.Keys.Select((key, i) => _dialect.Text(Column(key), Types[i]))), _from, $"{Named} group by {keys} having count(*) > 1", keys, 1);
        }
    }

    /// <summary>An id that rows of several keys have, <c>a-b-c</c> of <c>{x}-{y}</c>: they would be one document. Null: other keys are other ids.</summary>
    public string? SharedId
    {
        get
        {
            if (Keys == 1 && !_dialect.HoldsAnything(Types[0]))
            {
                return null;
            }

            var id = _dialect.Join([.. _rows.Id.SelectMany(PartsOf)]);
            return _dialect.Page($"min({id})", _from, $"{Named} group by {_dialect.Exact(id)} having count(*) > 1", "1", 1);
        }
    }

    /// <summary>Rows in the order of their keys.</summary>
    /// <param name="rows">So many.</param>
    /// <param name="last">The key of the last one that was read; null: none was.</param>
    public string Whole(int rows, IReadOnlyList<object?>? last) => Page(rows, last is null ? Named : $"{Named} and {After(0, last)}", Order);

    /// <summary>Rows in the order of their time stamps, and of their keys where those are equal.</summary>
    /// <param name="rows">So many.</param>
    /// <param name="behind">The key of the last one that was read; null: none was, so from the mark on, less the overlap.</param>
    public string Changed(int rows, IReadOnlyList<object?>? behind)
    {
        var (type, last) = (UpdatedType, _dialect.Time(Last, UpdatedType));
        var where = behind is null
            ? $"{Updated} >= {_dialect.Earlier(Mark, Overlap, type)}"
            : $"{Updated} >= {last} and ({Updated} > {last} or {After(0, behind)})";
        return Page(rows, $"{Named} and {where}", $"{Updated}, {Order}");
    }

    /// <summary>The texts between the columns of an id, for <see cref="SharedId"/>.</summary>
    public IEnumerable<(string Name, object? Value)> Literals => _rows.Id.Select((part, i) => (Literal(i), (object?)part.Literal));

    private IEnumerable<string> PartsOf((string Literal, string? Field) part, int number)
    {
        if (part.Literal.Length > 0)
        {
            yield return _dialect.Literal(Literal(number));
        }

        if (part.Field is { } field)
        {
            yield return _dialect.IdText(Column(field), Types[_rows.Keys.ToList().IndexOf(field)]);
        }
    }

    private static string Literal(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"@literal{number}");

    public static string Key(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"@key{number}");

    private string Named => string.Join(" and ", _rows.Keys.Select(key => $"{Column(key)} is not null"));

    private string Order => string.Join(", ", Enumerable.Range(0, Keys).Select(OrderOf));

    private string Page(int rows, string where, string order)
    {
        var texts = _rows.Texts.Select((column, i) => _dialect.Text(Column(column), Types[i]));
        var metadata = _table.Metadata.Select((column, i) => _dialect.Json(Column(column), MetadataType(i)));
        string[] updated = _table.Updated.Count == 0 ? [] : [_dialect.TimeText(Updated, UpdatedType), $"case when {Updated} <= {_dialect.Time(Until, UpdatedType)} then 1 else 0 end"];
        return _dialect.Page(string.Join(", ", [.. texts, .. metadata, .. updated, .. Ordered.Select(OrderOf)]), _from, where, order, rows);
    }

    /// <summary>Behind the last row, written out: not every database compares lists.</summary>
    private string After(int key, IReadOnlyList<object?> last)
    {
        var (column, value) = (OrderOf(key), _dialect.Key(Key(key), Types[key], last[key]));
        return key == Keys - 1 ? $"{column} > {value}" : $"({column} > {value} or ({column} = {value} and {After(key + 1, last)}))";
    }

    private string OrderOf(int key) => _dialect.Order(Column(_rows.Keys[key]), Types[key]);

    private string Column(string name) => $"x.{_dialect.Quote(name)}";
}
