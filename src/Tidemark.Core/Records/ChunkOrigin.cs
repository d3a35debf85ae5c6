using Tidemark.Documents;
using Tidemark.Embedding;

namespace Tidemark.Records;

/// <summary>Where the vector of one live chunk comes from.</summary>
public sealed record ChunkOrigin
{
    /// <summary>The chunk's place in its document, from 0.</summary>
    public required int Ordinal { get; init; }

    /// <summary>SHA-256 of its embedding input.</summary>
    public required ContentHash Input { get; init; }

    /// <summary>Which of the document's chunks with this input it is, from 0.</summary>
    public required int Occurrence { get; init; }

    /// <summary>The headings above it, outermost first; null: none.</summary>
    public string? Heading { get; init; }

    /// <summary>The run that put the chunk into the index, and when; 0 where that is not known.</summary>
    public required long IndexedIn { get; init; }

    /// <summary>When that was; null where it is not known.</summary>
    public DateTimeOffset? IndexedAt { get; init; }

    /// <summary>The run that had the vector made; 0 outside of runs, and where that was not noted.</summary>
    public long EmbeddedIn { get; init; }

    /// <summary>Null where the vector is missing.</summary>
    public DateTimeOffset? EmbeddedAt { get; init; }

    /// <summary>Why its vector was made.</summary>
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
