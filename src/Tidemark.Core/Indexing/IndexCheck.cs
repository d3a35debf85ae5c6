using Tidemark.Documents;

namespace Tidemark.Indexing;

/// <summary>What a full comparison inside the store found.</summary>
public sealed record IndexCheck
{
    /// <summary>Live documents.</summary>
    public long Documents { get; init; }

    /// <summary>Chunks that the documents' layouts name.</summary>
    public long Chunks { get; init; }

    /// <summary>Open chunk records.</summary>
    public long Records { get; init; }

    /// <summary>Entries of the vector index.</summary>
    public long Vectors { get; init; }

    /// <summary>Entries of the keyword index.</summary>
    public long Keywords { get; init; }

    /// <summary>Entries that the records ask for and an index lacks.</summary>
    public long Missing { get; init; }

    /// <summary>Entries of an index that no record asks for.</summary>
    public long Orphaned { get; init; }

    /// <summary>Entries that are there but not what record and embedding say.</summary>
    public long Stale { get; init; }

    /// <summary>Embeddings that chunks need and the embedding store lacks, with the text to embed again; those of live chunks first.</summary>
    public IReadOnlyList<MissingEmbedding> MissingEmbeddings { get; init; } = [];

    /// <summary>Records, embeddings and both indexes agree.</summary>
    public bool IsClean => Missing == 0 && Orphaned == 0 && Stale == 0 && MissingEmbeddings.Count == 0;
}

/// <summary>A chunk whose vector the embedding store lacks, so that only its model can repair it.</summary>
/// <param name="Input">SHA-256 of the embedding input.</param>
/// <param name="Text">The chunk's text.</param>
public sealed record MissingEmbedding(ContentHash Input, string Text)
{
    /// <summary>It is there, and not what was stored.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>Only former states need it: no search of what is live does.</summary>
    public bool IsPast { get; init; }
}
