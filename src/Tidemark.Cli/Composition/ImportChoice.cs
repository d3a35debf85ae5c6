using Tidemark.Cli.Configuration;
using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Cli.Composition;

/// <summary>The source that an import reads.</summary>
/// <param name="Space">The embedding space that the file names; null: it names none.</param>
internal sealed record ImportChoice(IDocumentSource Source, string? Space)
{
    public static Task<ImportChoice> OpenAsync(
        string path, LimitSettings limits, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{path}{limits}{cancellationToken.CanBeCanceled}");

    /// <summary>A new namespace takes the file's space, unless somebody asked for another.</summary>
    public static PipelineSettings Pipeline(PipelineSettings asked, NamespaceSummary? known, ImportChoice import) =>
        asked.Embedder is null && known?.Generation is null && import.Space is { } space
            ? asked with { Embedder = EmbedderSpec.Parse(space) }
            : asked;
}
