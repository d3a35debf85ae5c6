using System.Runtime.CompilerServices;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>
/// What a connector of somebody else's writes: records, deletions, schemas and states. Its states are handed on when everything before
/// them is durable. A document's source id is its stream.
/// </summary>
public sealed class ConnectorSource : IDocumentSource
{
    private readonly ConnectorOptions _options;
    private readonly LineStream _lines;
    private ConnectorStreams? _streams;

    /// <param name="path">A file of messages.</param>
    /// <param name="options">How they are read.</param>
    /// <exception cref="TidemarkException"><see cref="ErrorCodes.Usage"/>: a template is broken, or the cleanup mode is incremental.</exception>
    public ConnectorSource(string path, ConnectorOptions options)
        : this(LineStream.Of(path), options)
    {
    }

    /// <param name="stream">Read once, from where it stands; not closed.</param>
    /// <param name="options">How it is read.</param>
    /// <exception cref="TidemarkException"><see cref="ErrorCodes.Usage"/>: a template is broken, or the cleanup mode is incremental.</exception>
    public ConnectorSource(Stream stream, ConnectorOptions options)
        : this(LineStream.Of(stream), options)
    {
    }

    private ConnectorSource(LineStream lines, ConnectorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _lines = lines;
        _options = options;
        _ = new ConnectorMapping(options);
        if (options.Cleanup == CleanupMode.Incremental)
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                $"the messages of a connector ('{options.Name}') are not cleaned up incrementally",
                "leave SyncOptions.Cleanup out, which follows what the connector says; say 'full' if it always reads everything, or 'none'");
        }
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <summary>Full, of the streams that have come to their end (<see cref="WholeSourceIds"/>), unless it was said otherwise.</summary>
    public CleanupMode DefaultCleanup => _options.Cleanup ?? CleanupMode.Full;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> WholeSourceIds => _streams?.Whole ?? [];

    /// <inheritdoc/>
    public ListingSize? Size => _lines.Size;

    /// <exception cref="TidemarkException">The file is missing or cannot be read.</exception>
    public async IAsyncEnumerable<ListingPage> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var before = _options.Journal is null ? null : await _options.Journal.ReadAsync(cancellationToken).ConfigureAwait(false);
        var streams = new ConnectorStreams(_options, ConnectorVersions.Parse(before));
        _streams = streams;
        using var reader = _lines.Open(256 * 1_024, _options.MaxLineBytes);
        using var listing = new ConnectorListing(_options, streams);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } block)
        {
            using (block)
            {
                foreach (var page in listing.Read(block))
                {
                    yield return page;
                }
            }
        }

        foreach (var page in listing.End())
        {
            yield return page;
        }
    }

    /// <summary>
    /// Notes which versions of the streams are indexed now, when a run of it has ended well and nothing of it was held back: before, what
    /// did not come would be taken for gone already.
    /// </summary>
    public ValueTask SettleAsync(CancellationToken cancellationToken) =>
        _options.Journal is { } journal && _streams?.Versions.Settled() is { } settled ? journal.WriteAsync(settled, cancellationToken) : default;
}
