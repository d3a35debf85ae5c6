using Tidemark.Cli.Configuration;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sources;

namespace Tidemark.Cli.Composition;

/// <summary>The sources that an import reads.</summary>
/// <param name="Space">The embedding space that the file names first; null: it names none.</param>
internal sealed record ImportChoice(IReadOnlyList<IDocumentSource> Sources, string? Space)
{
    /// <exception cref="TidemarkException"><c>source.missing</c>, or the file cannot be read.</exception>
    public static async Task<ImportChoice> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var sources = await ImportSource.OpenAllAsync(path, cancellationToken);
        return new ImportChoice(sources, await ImportSource.PeekSpaceAsync(path, cancellationToken));
    }

    /// <summary>A new namespace takes the file's space, unless somebody asked for another.</summary>
    public static PipelineSettings Pipeline(PipelineSettings asked, NamespaceSummary? known, ImportChoice import) =>
        asked.Embedder is null && known?.Generation is null && import.Space is { } space
            ? asked with { Embedder = EmbedderSpec.Parse(space) }
            : asked;
}
