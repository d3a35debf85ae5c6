namespace Tidemark.Records;

/// <summary>What a write does for one chunk of the document's new state.</summary>
public enum ChunkStep : byte
{
    /// <summary>It is opened.</summary>
    Open,

    /// <summary>The one that is named goes on as it is.</summary>
    Keep,

    /// <summary>Its text changed under an unchanged input: the one that is named closes, and another opens with its vector.</summary>
    Patch,
}
