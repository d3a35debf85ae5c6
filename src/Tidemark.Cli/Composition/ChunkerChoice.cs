using Tidemark.Chunking;
using Tidemark.Cli.Configuration;

namespace Tidemark.Cli.Composition;

internal static class ChunkerChoice
{
    /// <summary>
    /// What was asked for over what the index was built with: <c>--chunk-size</c> alone keeps the kind, another kind
    /// starts from its own defaults.
    /// </summary>
    /// <param name="built">The index's chunker fingerprint; null: there is none yet.</param>
    /// <param name="maxInputBytes">The longest input that the embedding model takes.</param>
    /// <exception cref="TidemarkException">
    /// The settings contradict each other, or nobody knows the index's chunker.
    /// </exception>
    public static IChunker Create(PipelineSettings asked, string? built, int maxInputBytes)
    {
        var known = built is null ? new ChunkerOptions() : ChunkerFingerprint.Parse(built);
        var kind = asked.Chunker is null ? known?.Kind : Kind(asked.Chunker);
        if (kind is null)
        {
            throw new TidemarkException(
                ErrorCodes.PipelineChanged,
                $"the index was cut by the chunker '{built}', which this release does not have",
                "use the release that built it, or sync with '--rebuild --chunker structured'");
        }

        var start = known is not null && known.Kind == kind ? known : new ChunkerOptions { Kind = kind.Value };
        return ChunkerFactory.Create(start with
        {
            Size = asked.ChunkSize ?? start.Size,
            Overlap = asked.ChunkOverlap ?? start.Overlap,
            MaxInputBytes = maxInputBytes,
        });
    }

    private static ChunkerKind Kind(string name) => name switch
    {
        "recursive" => ChunkerKind.Recursive,
        "none" => ChunkerKind.None,
        _ => ChunkerKind.Structured,
    };
}
