using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Cli.Commands;

internal static class Namespaces
{
    /// <summary>A question goes to the index that there is; whoever names another one is told so.</summary>
    /// <exception cref="TidemarkException"><c>pipeline.changed</c>.</exception>
    public static void RequireIndex(NamespaceSummary @namespace, string? asked)
    {
        if (asked is not null && @namespace.Generation is { } built && built.Pipeline.Index != asked)
        {
            throw new TidemarkException(
                ErrorCodes.PipelineChanged,
                $"the namespace '{@namespace.Name}' is indexed in '{built.Pipeline.Index}', not in '{asked}'",
                $"leave --index out, or move the index, without embedding anything: tidemark sync SOURCE --rebuild --index {asked}");
        }
    }

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
