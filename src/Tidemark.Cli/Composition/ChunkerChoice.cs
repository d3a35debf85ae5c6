using Tidemark.Chunking;
using Tidemark.Cli.Configuration;

namespace Tidemark.Cli.Composition;

internal static class ChunkerChoice
{
    public static IChunker Create(PipelineSettings settings, string? built) =>
        throw new NotSupportedException($"{settings}{built}");
}
