using System.Globalization;
using System.Text;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Searching;

/// <summary>
/// A filter in SQL: path and source exactly, and of the metadata what lets SQLite pass over most documents without their JSON
/// being parsed. Parameter 1 is the generation.
/// </summary>
internal sealed class FilterConditions
{
    private const int MostHints = 8;
    private const string Namespace = "(SELECT namespace FROM generation WHERE id = ?1)";

    private readonly MetadataFilter _filter;
    private readonly List<Action<SqliteStatement, int>> _parameters = [];

    public FilterConditions(MetadataFilter filter, string rows)
    {
        _filter = filter;
        Sql = string.Concat(Path(), Source(rows), Validity(rows), string.Concat(filter.Conditions.Select(c => Hint(c, rows))));
    }

    /// <summary>Each begins with AND.</summary>
    public string Sql { get; }

    /// <summary>Whether documents are found by an index of theirs, so that the way leads from them to their chunks.</summary>
    public bool IsSelective => _filter.Path is not null || _filter.Source is not null;

    public void Bind(SqliteStatement statement)
    {
        for (var i = 0; i < _parameters.Count; i++)
        {
            _parameters[i](statement, 2 + i);
        }
    }

    private string Path()
    {
        if (_filter.Path is null)
        {
            return "";
        }

        var path = DocumentPath.Of(_filter.Path);
        var (prefix, end) = (Parameter(path.Prefix), Parameter(Utf8Range.EndOf(path.Prefix)));
        if (path.Whole is null)
        {
            return $" AND d.namespace = {Namespace} AND d.id >= {prefix} AND d.id < {end}";
        }

        var whole = Parameter(path.Whole);
        return $" AND d.namespace = {Namespace} AND d.id >= {whole} AND d.id < {end} AND (d.id = {whole} OR d.id >= {prefix})";
    }

    private string Source(string rows) => _filter.Source is null
        ? ""
        : $" AND {rows}.source = (SELECT id FROM source WHERE namespace = {Namespace} AND name = {Parameter(_filter.Source)})";

    private string Validity(string rows) => _filter.ValidAt is not { } time
        ? ""
        : $" AND ({rows}.expires_at IS NULL OR {rows}.expires_at > {Parameter((statement, number) => statement.Bind(number, time.ToStored()))})";

    private string Hint(MetadataCondition condition, string rows)
    {
        var hints = Hints(condition);
        return hints.Count == 0
            ? ""
            : $" AND ({string.Join(" OR ", hints.Select(hint => $"instr({rows}.metadata, {Parameter(hint)}) > 0"))})";
    }

    /// <summary>
    /// Texts of which one must stand in matching JSON as it is: values, or the key. None where JSON might write them otherwise,
    /// with an escape.
    /// </summary>
    private static IReadOnlyList<string> Hints(MetadataCondition condition)
    {
        if (condition.TakesAbsent)
        {
            return [];
        }

        if (condition.Test == MetadataTest.AnyOf && condition.Values.Count is > 0 and <= MostHints && condition.Values.All(IsWritten))
        {
            return [.. condition.Values.OfType<string>()];
        }

        var name = condition.Key[(condition.Key.LastIndexOf('.') + 1)..];
        return IsPlain(name) ? [name + "\":"] : [];
    }

    /// <summary>A number can be written in many ways.</summary>
    private static bool IsWritten(string? value) => value is not null && IsPlain(value) && !MetadataNumber.TryParse(value, out _);

    private static bool IsPlain(string value) =>
        value.Length > 0 && value.All(c => c is >= ' ' and <= '~' and not '"' and not '\\');

    private string Parameter(string text) => Parameter(Encoding.UTF8.GetBytes(text));

    private string Parameter(byte[] text) => Parameter((statement, number) => statement.BindText(number, text));

    /// <param name="bind">Gives it to a statement, under its number.</param>
    private string Parameter(Action<SqliteStatement, int> bind)
    {
        _parameters.Add(bind);
        return string.Create(CultureInfo.InvariantCulture, $"?{1 + _parameters.Count}");
    }
}
