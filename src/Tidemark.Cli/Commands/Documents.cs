using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Cli.Commands;

/// <summary>Documents that a call names.</summary>
internal static class Documents
{
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

        throw Missing(id, "'tidemark list' says what there is");
    }

    private static TidemarkException Missing(string id, string remedy) =>
        new(ErrorCodes.DocumentMissing, $"there is no document '{id}' in the index", remedy);
}
