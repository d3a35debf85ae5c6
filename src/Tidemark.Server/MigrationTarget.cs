namespace Tidemark.Server;

/// <summary>What a migration leads to, where a request says it. What is null stays as the settings of the service, or the namespace, have it.</summary>
public sealed record MigrationTarget
{
    /// <summary>The embedding model, for instance <c>openai:text-embedding-3-small:512</c>.</summary>
    public string? Embedder { get; init; }

    /// <summary>How documents are cut: <c>structured</c>, <c>recursive</c> or <c>none</c>.</summary>
    public string? Chunker { get; init; }

    /// <summary>Characters of a chunk at most.</summary>
    public int? ChunkSize { get; init; }

    /// <summary>Characters that a chunk shares with the one before it.</summary>
    public int? ChunkOverlap { get; init; }

    /// <summary>By the endings of which language words are found in their other forms; <c>none</c>: of none.</summary>
    public string? Stemming { get; init; }

    /// <summary>Whether anything is said.</summary>
    public bool IsSaid => this != new MigrationTarget();
}
