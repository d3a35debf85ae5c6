namespace Tidemark.Chunking;

/// <summary>
/// What was said of a chunker. What was not is as an index was built: a size alone keeps the kind, another kind starts from its own
/// defaults. A new index is cut by the structured chunker.
/// </summary>
public sealed record ChunkerChoice
{
    /// <summary>Null: the index's.</summary>
    public ChunkerKind? Kind { get; init; }

    /// <summary>See <see cref="ChunkerOptions.Size"/>; null: the index's, if its chunker is of this kind.</summary>
    public int? Size { get; init; }

    /// <summary>See <see cref="ChunkerOptions.Overlap"/>; null: the index's, if its chunker is of this kind.</summary>
    public int? Overlap { get; init; }

    /// <summary>The most UTF-8 bytes that a chunk may have, whatever the embedding model takes.</summary>
    public int MaxInputBytes { get; init; } = int.MaxValue;

    /// <summary>Nothing is left to the index: what was not said is a default.</summary>
    public bool IsWhole { get; init; }

    /// <summary>All that there is to say.</summary>
    public static ChunkerChoice Of(ChunkerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ChunkerChoice
        {
            Kind = options.Kind,
            Size = options.Size,
            Overlap = options.Overlap,
            MaxInputBytes = options.MaxInputBytes,
            IsWhole = true,
        };
    }

    /// <param name="built">The index's chunker fingerprint; null: there is none yet.</param>
    /// <param name="maxInputBytes">The longest input that the embedding model takes.</param>
    /// <param name="limit">
    /// What it takes in tokens; null: nobody knows. An index that was cut by another bound keeps that, unless this one was asked for.
    /// </param>
    /// <param name="anew">The index is built anew: its bound does not count.</param>
    /// <exception cref="TidemarkException">
    /// The settings contradict each other, or nobody knows the index's chunker.
    /// </exception>
    public IChunker Create(string? built, int maxInputBytes, TokenLimit? limit = null, bool anew = false)
    {
        if (limit is { IsAsked: false } && built is not null && !anew)
        {
            (var bytes, limit) = ChunkerFingerprint.BoundOf(built, limit);
            maxInputBytes = Math.Min(maxInputBytes, bytes);
        }

        var known = built is null || IsWhole ? new ChunkerOptions() : ChunkerFingerprint.Parse(built);
        if ((Kind ?? known?.Kind) is not { } kind)
        {
            throw new TidemarkException(
                ErrorCodes.PipelineChanged,
                $"the index was cut by the chunker '{built}', which this release does not have",
                "use the release that built it, or run 'SyncAsync(Rebuild, ChunkerKind.Structured)'");
        }

        var start = known is not null && known.Kind == kind ? known : new ChunkerOptions { Kind = kind };
        return ChunkerFactory.Create(start with
        {
            Size = Size ?? start.Size,
            Overlap = Overlap ?? start.Overlap,
            MaxInputBytes = Math.Min(MaxInputBytes, maxInputBytes),
            Limit = limit,
        });
    }
}
