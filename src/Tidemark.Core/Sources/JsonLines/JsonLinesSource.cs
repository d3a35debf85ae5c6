using System.Runtime.CompilerServices;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>Records in JSON, one object a line, from a file or a stream. A line's change token is the hash of its bytes.</summary>
public sealed class JsonLinesSource : IDocumentSource
{
    private readonly JsonLinesOptions _options;
    private readonly LineStream _lines;

    /// <exception cref="TidemarkException"><see cref="ErrorCodes.Usage"/>: a template is broken.</exception>
    public JsonLinesSource(string path, JsonLinesOptions options)
        : this(LineStream.Of(path), options)
    {
    }

    /// <param name="stream">Read once, from where it stands; not closed.</param>
    /// <exception cref="TidemarkException"><see cref="ErrorCodes.Usage"/>: a template is broken.</exception>
    public JsonLinesSource(Stream stream, JsonLinesOptions options)
        : this(LineStream.Of(stream), options)
    {
    }

    private JsonLinesSource(LineStream lines, JsonLinesOptions options)
    {
        _lines = lines;
        _options = options;
        _ = new RecordReader(options);
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <summary>Incremental: the lines may be a part of what there is.</summary>
    public CleanupMode DefaultCleanup => CleanupMode.Incremental;

    /// <summary>Bytes where it is a file, nothing where it is a stream.</summary>
    public ListingSize? Size => _lines.Size;

    /// <exception cref="TidemarkException">
    /// The file is missing or cannot be read; or (<see cref="ErrorCodes.Usage"/>) identities are required and the first
    /// well-formed record has none, before any page is given.
    /// </exception>
    public async IAsyncEnumerable<ListingPage> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var records = new RecordReader(_options);
        var scanner = new RecordScanner(new IdScanner(records.IdField), records.ContentIds);
        var salt = _options.Fingerprint();
        var judged = !_options.RequireIdentity || _options.NamesIdentity;
        using var reader = _lines.Open(_options.BlockBytes, _options.MaxLineBytes);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } block)
        {
            var page = new JsonLinesPage(block, records, scanner, salt);
            judged = judged || IsIdentified(page);
            yield return page;
        }
    }

    /// <summary>False: the page has no well-formed record, so a later one has to be asked.</summary>
    private bool IsIdentified(JsonLinesPage page)
    {
        _ = page.Items;
        if (page.FirstIsIdentified == false)
        {
            page.Dispose();
            throw new TidemarkException(
                ErrorCodes.Usage,
                $"the records of '{Name}' have neither an id nor a source id, which "
                + (_options.ForQueue ? "a change in the queue needs: by it later ones take its place" : "incremental cleanup needs"),
                "give each an 'id', " + (_options.ForQueue
                    ? "or name the field that has it with JsonLinesOptions.IdKey or JsonLinesOptions.SourceIdKey"
                    : "name a field with JsonLinesOptions.IdKey or JsonLinesOptions.SourceIdKey, or sync with CleanupMode.None, which deletes nothing"));
        }

        return page.FirstIsIdentified == true;
    }
}
