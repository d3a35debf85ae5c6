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

        // Ids come in ordinal order, so the first that starts with it is the one, or there is none.
        await foreach (var document in reader.DocumentsAsync(@namespace, id, cancellationToken).ConfigureAwait(false))
        {
            if (string.Equals(document.Id, id, StringComparison.Ordinal))
            {
                return document;
            }

            throw Missing(id, $"did you mean '{document.Id}'?");
        }

        var nearest = await NearestAsync(reader, @namespace, id, cancellationToken).ConfigureAwait(false);
        throw Missing(id, nearest is null ? "'DocumentsAsync()' says what there is" : $"did you mean '{nearest}'?");
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

    private static TidemarkException Missing(string id, string remedy) =>
        new(ErrorCodes.DocumentMissing, $"there is no document '{id}' in the index", remedy);
}
