using Tidemark.Cli.Configuration;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Cli.Commands;

/// <summary>Documents that a call names.</summary>
internal static class Documents
{
    private const int MostCompared = 20_000;

    /// <exception cref="TidemarkException"><c>document.missing</c>.</exception>
    public static async Task<DocumentSummary> RequireAsync(
        ITidemarkStore store, string @namespace, string id, CancellationToken cancellationToken)
    {
        // Ids come in ordinal order, so the first that starts with it is the one, or there is none.
        await foreach (var document in store.Reader.DocumentsAsync(@namespace, id, cancellationToken))
        {
            if (string.Equals(document.Id, id, StringComparison.Ordinal))
            {
                return document;
            }

            throw Missing(id, $"did you mean '{document.Id}'?");
        }

        var nearest = await NearestAsync(store, @namespace, id, cancellationToken);
        throw Missing(id, nearest is null ? "'tidemark list' says what there is" : $"did you mean '{nearest}'?");
    }

    /// <summary>One that ends with what was typed, or is typed almost so; null: none is.</summary>
    private static async Task<string?> NearestAsync(
        ITidemarkStore store, string @namespace, string id, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        await foreach (var document in store.Reader.DocumentsAsync(@namespace, prefix: "", cancellationToken))
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
