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
}
