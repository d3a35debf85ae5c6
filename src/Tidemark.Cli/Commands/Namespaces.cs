using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Cli.Commands;

internal static class Namespaces
{
    /// <exception cref="TidemarkException"><c>namespace.missing</c>, naming those that exist.</exception>
    public static async Task<NamespaceSummary> RequireAsync(
        ITidemarkStore store, string name, CancellationToken cancellationToken)
    {
        if (await store.Reader.NamespaceAsync(name, cancellationToken) is { } found)
        {
            return found;
        }

        var known = await store.Reader.NamespacesAsync(cancellationToken);
        throw new TidemarkException(
            ErrorCodes.NamespaceMissing,
            $"there is no namespace '{name}'",
            known.Count == 0
                ? "the store is empty: run 'tidemark sync SOURCE' first"
                : "there are: " + string.Join(", ", known.Select(n => $"'{n.Name}'")));
    }
}
