using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>
/// Rows of a database that is asked for what changed, by time stamps: what was written since the last time, and now and then everything. Rows
/// that are marked as deleted are tombstones; rows that vanished are found when everything is read. Documents have their table's name as source id.
/// </summary>
public sealed class SqlSource : IDocumentSource
{
    private readonly SqlOptions _options;
    private SqlListing? _listing;

    /// <param name="options">Which database, and what of it.</param>
    /// <exception cref="TidemarkException">
    /// <see cref="ErrorCodes.Usage"/>: a template is broken, ids of two tables may be the same, there is no table, or the cleanup mode is incremental.
    /// </exception>
    public SqlSource(SqlOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (string.IsNullOrWhiteSpace(options.Name) || options.PageSize < 1)
        {
            throw new ArgumentException("A source has a name, and a page at least one row.", nameof(options));
        }

        _options = options;
        SqlTables.Check(options);
        if (options.Cleanup == CleanupMode.Incremental)
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                $"the rows of a database ('{options.Name}') are not cleaned up incrementally",
                "say 'full', which is about what was read whole, or 'none'");
        }
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <summary>Full, of the tables that were read whole (<see cref="WholeSourceIds"/>), unless it was said otherwise.</summary>
    public CleanupMode DefaultCleanup => _options.Cleanup ?? CleanupMode.Full;

    /// <summary>The tables that were read whole.</summary>
    public IReadOnlyCollection<string> WholeSourceIds => _listing?.WholeTables ?? [];

    /// <inheritdoc/>
    public bool ListedWhole => WholeSourceIds.Count == _options.Tables.Count;

    /// <inheritdoc/>
    public ListingSize? Size => null;

    /// <exception cref="TidemarkException"><see cref="ErrorCodes.SourceUnreadable"/>: the database cannot be asked at all.</exception>
    public IAsyncEnumerable<ListingPage> ListAsync(CancellationToken cancellationToken)
    {
        _listing = new SqlListing(_options);
        return _listing.ReadAsync(cancellationToken);
    }
}
