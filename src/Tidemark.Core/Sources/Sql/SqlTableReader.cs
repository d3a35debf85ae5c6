using System.Data.Common;
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
            await RequireOwnKeysAsync(cancellationToken).ConfigureAwait(false);
            await CountNamelessAsync(page, cancellationToken).ConfigureAwait(false);
        }

        var asked = _limit;
        var former = _last;
        var behind = _last is null ? null : KeyOf(_last);
        var read = await _database.AskAsync(
            isWhole ? _queries.Whole(asked, behind) : _queries.Changed(asked, behind),
            Parameters(behind),
            async reader =>
            {
                var count = 0;
                while (!page.IsFull && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    count++;
                    var row = RowOf(reader, out var odd);
                    Take(page, row, odd, isFirst);
                }

                return count;
            },
            cancellationToken).ConfigureAwait(false);
        _limit = read < asked && page.IsFull ? read : Math.Min(_limit * 2, options.PageSize);
        IsRead = read < asked && !page.IsFull;
        Note(isWhole);
        if (!IsRead && former is not null && IsSame(former))
        {
            throw Indistinct("");
        }

        return page;
    }

    private async Task RequireOwnKeysAsync(CancellationToken cancellationToken)
    {
        var shared = await _database.AskAsync(
            _queries.Shared,
            [],
            async reader => await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
                ? string.Join(", ", Enumerable.Range(0, reader.FieldCount).Select(i => $"{_rows.Keys[i]} = '{SqlValue.Text(Value(reader.GetValue(i)))}'"))
                : null,
            cancellationToken).ConfigureAwait(false);
        if (shared is not null)
        {
            throw Indistinct($": several have {shared}");
        }

        if (_queries.SharedId is { } sharedId && await _database.AskAsync(
            sharedId,
            [.. _queries.Literals],
            async reader => await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? SqlValue.Text(Value(reader.GetValue(0))) : null,
            cancellationToken).ConfigureAwait(false) is { } id)
        {
            throw Indistinct($": several are '{id}'");
        }
    }

    private TidemarkException Indistinct(string example) => new(
        ErrorCodes.SourceUnreadable,
        $"the rows of '{table.Name}' cannot be told apart by the columns of its id{example}",
        "make the id of the columns of the table's key, with something between them that none of them holds");

    private void Note(bool isWhole)
    {
        var isPast = !isWhole && _last is not null && Is(_last[_rows.Updated + 1]);
        var mark = IsRead ? _until ?? _from : isPast ? (string)_last![_rows.Updated]! : null;
        Reached = IsRead || mark is not null ? new SqlTableState(SqlTableState.ShapeOf(table), mark, _clock) : null;
    }

    private void Take(EnumerablePage page, object?[] row, TidemarkException? odd, bool isFirst)
    {
        _last = row;
        var id = _rows.IdOf(row);
        if (odd is not null)
        {
            page.Refuse(
                new DocumentChange.Upsert(_rows.Nothing(id)),
                new ItemException(odd.Code, $"'{id}' cannot be read: {odd.Message}", odd.Remedy, odd.InnerException));
            return;
        }

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

    private List<(string Name, object? Value)> Parameters(IReadOnlyList<object?>? behind)
    {
        var parameters = new List<(string, object?)>
        {
            (SqlQueries.Mark, Bind(_from)),
            (SqlQueries.Overlap, (int)Math.Ceiling(options.Overlap.TotalSeconds)),
            (SqlQueries.Until, Bind(_until)),
        };
        if (behind is not null)
        {
            parameters.AddRange(behind.Select((key, i) => (SqlQueries.Key(i), key)));
            if (table.Updated.Count > 0)
            {
                parameters.Add((SqlQueries.Last, Bind(_last![_rows.Updated] as string)));
            }
        }

        return parameters;
    }

    private object? Bind(string? time) => time is null ? null : options.Dialect.Bind(time);

    private bool IsSame(object?[] row) => Enumerable.Range(0, _queries.Keys).Append(_rows.Updated).All(i => i >= row.Length || Equals(row[i], _last![i]));

    /// <summary>What the columns of the key are compared by.</summary>
    private object?[] KeyOf(object?[] row)
    {
        var key = row[.._queries.Keys];
        var ordered = _queries.Ordered;
        for (var i = 0; i < ordered.Count; i++)
        {
            key[ordered[i]] = row[row.Length - ordered.Count + i];
        }

        return key;
    }

    /// <param name="reader">Stands at it.</param>
    /// <param name="odd">A column that is no part of the key holds what the driver has no value for; null: none does.</param>
    private object?[] RowOf(DbDataReader reader, out TidemarkException? odd)
    {
        var row = new object?[reader.FieldCount];
        odd = null;
        for (var i = 0; i < row.Length; i++)
        {
            try
            {
                row[i] = Value(reader.GetValue(i));
            }
            catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException or ArgumentException)
            {
                odd ??= new TidemarkException(
                    ErrorCodes.SourceMalformed,
                    $"the column '{reader.GetName(i)}' of '{table.Name}' holds what its driver has no value for: {e.Message}",
                    "write a value there that the calendar or the type has, or leave the column out",
                    e);
                if (i < _queries.Keys || i >= _rows.Updated)
                {
                    throw odd;
                }
            }
        }

        return row;
    }

    private static object? Value(object value) => value is DBNull ? null : value;

    private static bool Is(object? value) => value is not null and not DBNull && Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) != 0;

    [GeneratedRegex(@"\([^)]*\)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Facets();
}
