namespace Tidemark.Cli.Commands;

internal static class Namespaces
{
    /// <summary>A question goes to the index that there is; whoever names another one is told so.</summary>
    /// <exception cref="TidemarkException"><c>pipeline.changed</c>.</exception>
    public static async Task RequireIndexAsync(TidemarkIndex index, string? asked, CancellationToken cancellationToken)
    {
        if (asked is null)
        {
            return;
        }

        var @namespace = await index.NamespaceAsync(cancellationToken: cancellationToken);
        if (@namespace.Generation is { } built && built.Pipeline.Index != asked)
        {
            throw new TidemarkException(
                ErrorCodes.PipelineChanged,
                $"the namespace '{@namespace.Name}' is indexed in '{built.Pipeline.Index}', not in '{asked}'",
                $"leave --index out, or move the index, without embedding anything: tidemark sync SOURCE --rebuild --index {asked}");
        }
    }
}
