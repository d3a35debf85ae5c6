using System.Runtime.CompilerServices;
using Tidemark.Documents;

namespace Tidemark.Composition;

/// <summary>
/// Several files that are one source: listed one after the other, so that cleaning up sees them all. Items are told
/// apart by their file.
/// </summary>
internal sealed class CompositeSource(string name, IReadOnlyList<(string Label, IDocumentSource Source)> parts)
    : IDocumentSource
{
    public string Name => name;

    public CleanupMode DefaultCleanup => parts[0].Source.DefaultCleanup;

    public ListingSize? Size
    {
        get
        {
            var sizes = parts.Select(p => p.Source.Size).ToArray();
            return sizes.Contains(null) ? null : new ListingSize(Sum(sizes, s => s!.Items), Sum(sizes, s => s!.Bytes));
        }
    }

    public async IAsyncEnumerable<ListingPage> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (label, source) in parts)
        {
            await foreach (var page in source.ListAsync(cancellationToken))
            {
                yield return new LabelledPage(label, page);
            }
        }
    }

    private static long? Sum(IEnumerable<ListingSize?> sizes, Func<ListingSize?, long?> part) =>
        sizes.Aggregate((long?)0, (sum, size) => sum + part(size));
}
