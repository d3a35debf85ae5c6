using Tidemark.Documents;
using Tidemark.Embedding;

namespace Tidemark.Records;

/// <summary>Where the vector of one live chunk comes from.</summary>
public sealed record ChunkOrigin
{
    public required int Ordinal { get; init; }

    public required ContentHash Input { get; init; }

    public required int Occurrence { get; init; }

    public string? Heading { get; init; }

    /// <summary>The run that put the chunk into the index, and when; 0 where that is not known.</summary>
    public required long IndexedIn { get; init; }

    public DateTimeOffset? IndexedAt { get; init; }

    /// <summary>The run that had the vector made; 0 outside of runs, and where that was not noted.</summary>
    public long EmbeddedIn { get; init; }

    /// <summary>Null where the vector is missing.</summary>
    public DateTimeOffset? EmbeddedAt { get; init; }

    public EmbeddingCause Cause { get; init; }

    /// <summary>Its share of what the provider reported.</summary>
    public long Tokens { get; init; }

    /// <summary>USD for a million tokens when it was paid; null where it was not known.</summary>
    public decimal? PricePerMillionTokens { get; init; }

    /// <summary>Whether the vector was there already when the chunk came.</summary>
    public bool IsReused { get; init; }

    /// <summary>The document that the vector was made for, if that is another one and the history still knows it.</summary>
    public string? ReusedFrom { get; init; }

    /// <summary>The namespace of that document.</summary>
    public string? ReusedFromNamespace { get; init; }
}
