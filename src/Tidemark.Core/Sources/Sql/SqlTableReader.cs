using System.Text.RegularExpressions;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>Reads one table, page by page, each in a query of its own: no cursor stays open while documents are embedded.</summary>
internal sealed partial class SqlTableReader(SqlOptions options, SqlTable table, SqlTableState? before)
{
    private readonly SqlDatabase _database = new(options);
    private readonly SqlRows _rows = new(table, options.Dialect);
    private SqlQueries _queries = null!;
    private object?[]? _last;
    private string? _until;
    private string? _clock;
    private string? _from;
    private int _limit = options.PageSize;

    public string Name => table.Name;

    /// <summary>Whether it has to be read whole: nothing is known of it, it was made otherwise, it has no time stamps, or the clock went back.</summary>
    public bool MustBeWhole { get; private set; }

    /// <summary>Nothing more is there.</summary>
    public bool IsRead { get; private set; }

    /// <summary>How far it was read, with everything before it; null: that cannot be said yet.</summary>
    public SqlTableState? Reached { get; private set; }

    /// <summary>What it is made of, and where it stands.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        _queries = new SqlQueries(options.Dialect, table, _rows);
        _queries.Types = await _database.AskAsync(
            _queries.Look,
            [],
            reader => Task.FromResult(Enumerable.Range(0, reader.FieldCount).Select(i => Facets().Replace(reader.GetDataTypeName(i), "")).ToArray()),
            cancellationToken).ConfigureAwait(false);
        var known = before?.Shape == SqlTableState.ShapeOf(table) ? before : null;
        MustBeWhole = known is null || table.Updated.Count == 0;
        if (table.Updated.Count > 0)
        {
            await StartAsync(known, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task StartAsync(SqlTableState? known, CancellationToken cancellationToken)
    {
        var (until, isLower, clock, wentBack) = await _database.AskAsync(
            _queries.Start,
            [(SqlQueries.Mark, Bind(known?.Mark)), (SqlQueries.ClockMark, Bind(known?.Clock))],
            async reader =>
            {
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                return (SqlValue.Text(Value(reader.GetValue(0))), Is(reader.GetValue(1)), SqlValue.Text(Value(reader.GetValue(2))), Is(reader.GetValue(3)));
            },
            cancellationToken).ConfigureAwait(false);
        (_until, _clock) = (until, clock);
        _from = isLower || known?.Mark is null ? until : known.Mark;
        MustBeWhole |= wentBack || known?.Mark is null;
    }

    /// <param name="isWhole">Everything, in the order of the keys; else what was written since.</param>
    /// <param name="isFirst">Nothing is indexed: what is marked as deleted is not there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<EnumerablePage> ReadAsync(bool isWhole, bool isFirst, CancellationToken cancellationToken)
    {
        var page = new EnumerablePage(0);
        if (isWhole && _last is null)
        {
            await CountNamelessAsync(page, cancellationToken).ConfigureAwait(false);
        }

        var asked = _limit;
        var former = _last;
        var read = await _database.AskAsync(
            isWhole ? _queries.Whole(asked, _last is null) : _queries.Changed(asked, _last is null),
            Parameters(),
            async reader =>
            {
                var count = 0;
                while (!page.IsFull && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    count++;
                    Take(page, RowOf(reader), isFirst);
                }

                return count;
            },
            cancellationToken).ConfigureAwait(false);
        _limit = read < asked && page.IsFull ? read : Math.Min(_limit * 2, options.PageSize);
        IsRead = read < asked && !page.IsFull;
        Note(isWhole);
        if (!IsRead && former is not null && IsSame(former))
        {
            throw new TidemarkException(
                ErrorCodes.SourceUnreadable,
                $"the rows of '{table.Name}' cannot be told apart by the columns of its id",
                "make the id of the columns of the table's key");
        }

        return page;
    }

    private void Note(bool isWhole)
    {
        var isPast = !isWhole && _last is not null && Is(_last[_rows.Updated + 1]);
        var mark = IsRead ? _until ?? _from : isPast ? (string)_last![_rows.Updated]! : null;
        Reached = IsRead || mark is not null ? new SqlTableState(SqlTableState.ShapeOf(table), mark, _clock) : null;
    }

    private void Take(EnumerablePage page, object?[] row, bool isFirst)
    {
        _last = row;
        var id = _rows.IdOf(row);
        if (_rows.IsDeleted(row))
        {
            if (!isFirst)
            {
                page.Add(new DocumentChange.Delete(id, table.Name, default, ChangeToken.None), id);
            }

            return;
        }

        var document = _rows.DocumentOf(id, row, _queries);
        if (document.Text.Length > options.MaxTextLength)
        {
            page.Refuse(
                new DocumentChange.Upsert(document with { Text = "", Token = ChangeToken.None }),
                new ItemException(
                    ErrorCodes.SourceTooLarge,
                    $"the text of '{id}' is longer than {options.MaxTextLength} characters",
                    "name fewer columns in its text, or raise the limit ('limits.maxFileBytes')"));
        }
        else
        {
            page.Add(new DocumentChange.Upsert(document), id);
        }
    }

    private async Task CountNamelessAsync(EnumerablePage page, CancellationToken cancellationToken)
    {
        var count = await _database.AskAsync(
            _queries.Nameless,
            [],
            async reader =>
            {
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                return Convert.ToInt64(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture);
            },
            cancellationToken).ConfigureAwait(false);
        if (count > 0)
        {
            page.Warn(new ItemWarning(
                table.Name,
                ErrorCodes.SourceUnidentified,
                $"{count} rows of '{table.Name}' have no value in a column of the id, so that they are no documents",
                "make the id of columns that are never null"));
        }
    }

    private List<(string Name, object? Value)> Parameters()
    {
        var parameters = new List<(string, object?)>
        {
            (SqlQueries.Mark, Bind(_from)),
            (SqlQueries.Overlap, (int)Math.Ceiling(options.Overlap.TotalSeconds)),
            (SqlQueries.Until, Bind(_until)),
        };
        if (_last is not null)
        {
            parameters.AddRange(Enumerable.Range(0, _queries.Keys).Select(i => (SqlQueries.Key(i), _last[i])));
            if (table.Updated.Count > 0)
            {
                parameters.Add((SqlQueries.Last, Bind(_last[_rows.Updated] as string)));
            }
        }

        return parameters;
    }

    private object? Bind(string? time) => time is null ? null : options.Dialect.Bind(time);

    private bool IsSame(object?[] row) => Enumerable.Range(0, _queries.Keys).Append(_rows.Updated).All(i => i >= row.Length || Equals(row[i], _last![i]));

    private static object?[] RowOf(System.Data.Common.DbDataReader reader)
    {
        var row = new object[reader.FieldCount];
        reader.GetValues(row);
        return Array.ConvertAll(row, Value);
    }

    private static object? Value(object value) => value is DBNull ? null : value;

    private static bool Is(object? value) => value is not null and not DBNull && Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) != 0;

    [GeneratedRegex(@"\([^)]*\)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Facets();
}
