using System.Runtime.CompilerServices;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>One reading of a database: what changed, or everything.</summary>
internal sealed class SqlListing(SqlOptions options)
{
    /// <summary>So many pages go by until how far it was read is noted: that waits until they are written.</summary>
    private const int Notes = 16;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private SqlState _state = SqlState.None;
    private bool _isFirst;

    /// <summary>The tables that are read whole.</summary>
    public IReadOnlyCollection<string> WholeTables { get; private set; } = [];

    public async IAsyncEnumerable<ListingPage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (readers, isWhole) = await OpenAsync(cancellationToken).ConfigureAwait(false);
        var begun = options.Clock.GetUtcNow();
        var listed = 0;
        foreach (var reader in readers)
        {
            while (!reader.IsRead)
            {
                var page = await ReadAsync(reader, isWhole || reader.MustBeWhole, isRequired: listed++ == 0, cancellationToken).ConfigureAwait(false);
                if (page.Failures.Any(failure => failure.HidesDocuments && failure.Code == ErrorCodes.SourceUnreadable))
                {
                    yield return page;
                    yield break;
                }

                if (reader.Reached is { } reached && (reader.IsRead || listed % Notes == 0))
                {
                    _state = _state.With(reader.Name, reached);
                    page.Durable = Note(isWhole, reader.IsRead && reader == readers[^1], begun);
                }

                yield return page;
            }
        }
    }

    private async Task<(IReadOnlyList<SqlTableReader> Readers, bool IsWhole)> OpenAsync(CancellationToken cancellationToken)
    {
        _state = options.Journal is null ? SqlState.None : SqlState.Parse(await options.Journal.ReadAsync(cancellationToken).ConfigureAwait(false));
        _isFirst = _state.Tables.Count == 0;
        var readers = options.Tables.Select(table => new SqlTableReader(options, table, _state.Tables.GetValueOrDefault(table.Name))).ToArray();
        foreach (var reader in readers)
        {
            await reader.OpenAsync(cancellationToken).ConfigureAwait(false);
        }

        var isWhole = options.Whole || options.Journal is null || _state.Whole is not { } last
            || (options.IsDue is { } isDue ? isDue(last) : options.Clock.GetUtcNow() - last >= Day);
        WholeTables = [.. readers.Where(reader => isWhole || reader.MustBeWhole).Select(reader => reader.Name)];
        return (readers, WholeTables.Count == readers.Length);
    }

    /// <summary>What is cut off says so: whatever was not read may be there.</summary>
    private async Task<EnumerablePage> ReadAsync(SqlTableReader reader, bool isWhole, bool isRequired, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(isWhole, _isFirst, cancellationToken).ConfigureAwait(false);
        }
        catch (TidemarkException e) when (!isRequired && e.Code == ErrorCodes.SourceUnreadable)
        {
            var page = new EnumerablePage(0);
            page.Fail(new ItemFailure(reader.Name, e.Code, e.Message, e.Remedy, HidesDocuments: true));
            return page;
        }
    }

    private Func<CancellationToken, ValueTask>? Note(bool isWhole, bool isLast, DateTimeOffset begun)
    {
        if (options.Journal is not { } journal)
        {
            return null;
        }

        _state = isWhole && isLast ? _state with { Whole = begun } : _state;
        var text = _state.ToString();
        return async cancellationToken =>
        {
            await journal.WriteAsync(text, cancellationToken).ConfigureAwait(false);
            if (isLast)
            {
                await journal.CaughtUpAsync(begun, cancellationToken).ConfigureAwait(false);
            }
        };
    }
}
