using Tidemark.Records;

namespace Tidemark.Reporting;

/// <summary>Finds what somebody names, or says what they probably meant.</summary>
public static class NamedThings
{
    private const int MostCompared = 20_000;

    /// <exception cref="TidemarkException"><c>namespace.missing</c>, naming those that exist.</exception>
    public static async Task<NamespaceSummary> RequireNamespaceAsync(
        IRecordReader reader, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (await reader.NamespaceAsync(name, cancellationToken).ConfigureAwait(false) is { } found)
        {
            return found;
        }

        var known = await reader.NamespacesAsync(cancellationToken).ConfigureAwait(false);
        throw new TidemarkException(
            ErrorCodes.NamespaceMissing,
            $"there is no namespace '{name}'",
            known.Count == 0
                ? "the store is empty: run 'SyncAsync(SOURCE)' first"
                : "there are: " + string.Join(", ", known.Select(n => $"'{n.Name}'")));
    }

    /// <exception cref="TidemarkException"><c>document.missing</c>, naming the nearest.</exception>
    public static async Task<DocumentSummary> RequireDocumentAsync(
        IRecordReader reader, string @namespace, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var first = await FirstAsync(reader, @namespace, id, cancellationToken).ConfigureAwait(false);
        return first?.Id == id ? first : throw new TidemarkException(
            ErrorCodes.DocumentMissing,
            $"there is no document '{id}' in the index",
            await RemedyAsync(reader, @namespace, id, first, withNearest: true, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The remedy of a name that no document has, where that is only told.</summary>
    /// <param name="reader">Of the documents.</param>
    /// <param name="namespace">Theirs.</param>
    /// <param name="id">The name.</param>
    /// <param name="withNearest">Whether the nearest is looked for among all, where none begins so.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>Null: there is such a document.</returns>
    public static async Task<string?> RemedyOfMissingAsync(
        IRecordReader reader, string @namespace, string id, bool withNearest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var first = await FirstAsync(reader, @namespace, id, cancellationToken).ConfigureAwait(false);
        return first?.Id == id ? null : await RemedyAsync(reader, @namespace, id, first, withNearest, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ids come in ordinal order, so the first that starts with it is the one, or there is none.</summary>
    private static async Task<DocumentSummary?> FirstAsync(IRecordReader reader, string @namespace, string id, CancellationToken cancellationToken) =>
        await reader.DocumentsAsync(@namespace, id, cancellationToken).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);

    private static async Task<string> RemedyAsync(
        IRecordReader reader, string @namespace, string id, DocumentSummary? first, bool withNearest, CancellationToken cancellationToken)
    {
        var near = first?.Id ?? (withNearest ? await NearestAsync(reader, @namespace, id, cancellationToken).ConfigureAwait(false) : null);
        return near is null ? "'DocumentsAsync()' says what there is" : $"did you mean '{near}'?";
    }

    /// <summary>One that ends with what was typed, or is typed almost so; null: none is.</summary>
    private static async Task<string?> NearestAsync(
        IRecordReader reader, string @namespace, string id, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        await foreach (var document in reader.DocumentsAsync(@namespace, prefix: "", cancellationToken).ConfigureAwait(false))
        {
            if (document.Id.EndsWith("/" + id, StringComparison.OrdinalIgnoreCase))
            {
                return document.Id;
            }

            ids.Add(document.Id);
            if (ids.Count == MostCompared)
            {
                break;
            }
        }

        return NearestName.Find(id, ids);
    }
}
