namespace Tidemark.Syncing;

/// <summary>What of a document, and of the way from it to its vectors, is other than what the index was made of.</summary>
[Flags]
public enum ChangedInputs
{
    /// <summary>Nothing, or nothing that is known.</summary>
    None = 0,

    /// <summary>The source's text.</summary>
    Text = 1,

    /// <summary>The same file is read in another way, which gives another text.</summary>
    Extractor = 2,

    /// <summary>Texts are cut in another way, or to another bound.</summary>
    Chunker = 4,

    /// <summary>What is put before texts or queries.</summary>
    Template = 8,

    /// <summary>The model, its dimensions, or its revision.</summary>
    Model = 16,

    /// <summary>Whether texts are normalised before they are hashed, or vectors brought to unit length.</summary>
    Normalization = 32,

    /// <summary>Where vectors are indexed.</summary>
    Index = 64,

    /// <summary>The metadata.</summary>
    Metadata = 128,

    /// <summary>The source id.</summary>
    SourceId = 256,

    /// <summary>When it stops to be valid.</summary>
    ExpiresAt = 512,

    /// <summary>The tier.</summary>
    Tier = 1024,

    /// <summary>The language by whose endings words are found in their other forms. Nothing is embedded for it.</summary>
    Stemming = 2048,
}
