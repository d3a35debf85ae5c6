namespace Tidemark.Chunking;

/// <summary>From settings to a chunker.</summary>
public static class ChunkerFactory
{
    /// <exception cref="TidemarkException">
    /// <see cref="ErrorCodes.ConfigurationInvalid"/>: the settings contradict each other or a bound; the message
    /// names all mistakes at once.
    /// </exception>
    public static IChunker Create(ChunkerOptions options)
    {
        Mistake[] mistakes = [.. Mistakes(options)];
        if (mistakes.Length > 0)
        {
            throw new TidemarkException(
                ErrorCodes.ConfigurationInvalid,
                string.Join(' ', mistakes.Select(m => m.What)),
                string.Join(' ', mistakes.Select(m => m.Remedy)));
        }

        return options.Kind switch
        {
            ChunkerKind.Recursive => new RecursiveChunker(
                options.Size ?? RecursiveChunker.DefaultSize,
                options.Overlap ?? DefaultOverlap(options),
                options.MaxInputBytes,
                options.Limit),
            ChunkerKind.None => new WholeChunker(options.MaxInputBytes, options.Limit),
            _ => new StructuredChunker(options.Size ?? StructuredChunker.DefaultSize, options.MaxInputBytes, options.Limit),
        };
    }

    private static int DefaultOverlap(ChunkerOptions options) =>
        Math.Min(RecursiveChunker.DefaultOverlap, (options.Size ?? RecursiveChunker.DefaultSize) / 5);

    private static IEnumerable<Mistake> Mistakes(ChunkerOptions options)
    {
        if (options.Kind is not (ChunkerKind.Structured or ChunkerKind.Recursive or ChunkerKind.None))
        {
            yield return new($"there is no chunker '{options.Kind}'", "use structured, recursive or none");
        }

        if (options.Size is < ChunkerOptions.SmallestSize or > ChunkerOptions.LargestSize)
        {
            yield return new(
                $"the chunk size '{options.Size}' is out of range",
                $"use a chunk size from {ChunkerOptions.SmallestSize} to {ChunkerOptions.LargestSize} characters");
        }

        if (Math.Min(options.MaxInputBytes, options.Limit?.SureBytes ?? int.MaxValue) is < ChunkerOptions.SmallestInputBytes and var bytes)
        {
            yield return new(
                $"the model's longest input '{bytes}' bytes is too short to cut text for",
                $"use a model that takes at least {ChunkerOptions.SmallestInputBytes} bytes");
        }

        foreach (var mistake in OverlapMistakes(options))
        {
            yield return mistake;
        }
    }

    private static IEnumerable<Mistake> OverlapMistakes(ChunkerOptions options)
    {
        switch (options)
        {
            case { Overlap: < 0 }:
                yield return new(
                    $"the chunk overlap '{options.Overlap}' is negative",
                    "use a chunk overlap of 0 or more");
                break;
            case { Kind: ChunkerKind.Recursive, Overlap: { } overlap }
                when overlap >= (options.Size ?? RecursiveChunker.DefaultSize):
                yield return new(
                    $"the chunk overlap '{overlap}' is not smaller than the chunk size"
                        + $" '{options.Size ?? RecursiveChunker.DefaultSize}'",
                    "use a smaller chunk overlap or a larger chunk size");
                break;
            case { Kind: ChunkerKind.Structured or ChunkerKind.None, Overlap: > 0 }:
                yield return new(
                    $"the chunker '{NameOf(options.Kind)}' has no overlap, but '{options.Overlap}' was asked for",
                    "leave out the chunk overlap, or use the chunker recursive");
                break;
        }
    }

    private static string NameOf(ChunkerKind kind) => kind == ChunkerKind.None ? "none" : "structured";

    private sealed record Mistake(string What, string Remedy);
}
