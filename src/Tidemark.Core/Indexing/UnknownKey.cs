using System.Text.Json;
using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Indexing;

/// <summary>Of a filter that nothing meets: the keys that no document has, with those that there are.</summary>
internal static class UnknownKey
{
    private const int NamesShown = 12;

    /// <summary>The keys of these documents' metadata.</summary>
    public static async Task<SortedSet<string>> KnownAsync(IAsyncEnumerable<DocumentSummary> documents, CancellationToken cancellationToken)
    {
        var known = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var document in documents.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            using var metadata = JsonDocument.Parse(document.Metadata.Json, JsonNesting.Parsing);
            known.UnionWith(metadata.RootElement.EnumerateObject().Select(property => property.Name));
        }

        return known;
    }

    /// <param name="key">That nobody has.</param>
    /// <param name="known">What there is.</param>
    /// <param name="without">What to do where there are no metadata at all.</param>
    public static ItemWarning Warning(string key, SortedSet<string> known, string without) => new(
        key, ErrorCodes.SearchFilter, $"no document has the metadata key '{key}'", known.Count == 0 ? without : $"there are {Names(known)}");

    /// <summary>The first of them, quoted.</summary>
    public static string Names(SortedSet<string> names) =>
        string.Join(", ", names.Take(NamesShown).Select(name => $"'{name}'")) + (names.Count > NamesShown ? ", …" : "");
}
