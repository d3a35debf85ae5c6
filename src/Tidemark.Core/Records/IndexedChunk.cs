using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>One live chunk with everything that a reader gets.</summary>
public sealed record IndexedChunk
{
    /// <summary>The id of its document.</summary>
    public required string Document { get; init; }

    /// <summary>The name of the document's source.</summary>
    public required string Source { get; init; }

    /// <summary>Its place in the document, from 0.</summary>
    public required int Ordinal { get; init; }

    /// <summary>Where it begins in the document's text, in UTF-16 code units; null where that was not asked for.</summary>
    public int? Start { get; init; }

    /// <summary>SHA-256 of its embedding input.</summary>
    public required ContentHash Input { get; init; }

    /// <summary>Which of the document's chunks with this input it is, from 0.</summary>
    public required int Occurrence { get; init; }

    /// <summary>The headings above it, outermost first; null: none.</summary>
    public string? Heading { get; init; }

    /// <summary>As it stands in the document.</summary>
    public required string Text { get; init; }

    /// <summary>Of the document.</summary>
    public required DocumentMetadata Metadata { get; init; }

    /// <summary>Null unless it was asked for; also null where the embedding is missing.</summary>
    public ReadOnlyMemory<float>? Vector { get; init; }

    /// <summary>Deterministic: SHA-256 over document, input and occurrence, in hexadecimal.</summary>
    public string Id => ChunkId.Of(Document, Input, Occurrence);
}
