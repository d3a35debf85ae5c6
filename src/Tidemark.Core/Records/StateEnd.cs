namespace Tidemark.Records;

/// <summary>Why a state of a document ended. Stores keep the number.</summary>
public enum StateEnd : byte
{
    /// <summary>By the next state of the same document.</summary>
    Superseded = 0,

    /// <summary>A complete listing did not name the document.</summary>
    Removed = 2,

    /// <summary>The source said that it is gone.</summary>
    Tombstoned = 3,

    /// <summary>Its time was over.</summary>
    Expired = 4,
}
