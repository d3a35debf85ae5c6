namespace Tidemark.Embedding;

/// <summary>Which input of the derivation changed, so that a vector had to be made. Stored: numbers are never reused.</summary>
public enum EmbeddingCause : byte
{
    /// <summary>Stored before causes were noted.</summary>
    Unknown = 0,

    /// <summary>The text was new to the embedding store.</summary>
    Text = 1,

    /// <summary>Another chunker, or other settings of it, cut the text differently.</summary>
    Chunker = 2,

    /// <summary>Another model, or other dimensions.</summary>
    Model = 3,

    /// <summary>Another form of the embedding input: a prefix, a template, normalisation.</summary>
    Template = 4,

    /// <summary>Asked for, although the vector was there.</summary>
    Force = 5,

    /// <summary>The vector came with its text; the model was not asked.</summary>
    Supplied = 6,

    /// <summary>The stored vector was lost, and a repair made it again.</summary>
    Repair = 7,
}
