namespace Tidemark.Syncing;

/// <summary>What an item means for the index.</summary>
internal enum Verdict
{
    /// <summary>Nothing that a query sees has changed.</summary>
    Unchanged,

    /// <summary>New to the index, or back in it.</summary>
    Added,

    /// <summary>Other text.</summary>
    Edited,

    /// <summary>Same text, other metadata.</summary>
    Metadata,

    /// <summary>Same text and metadata, to be embedded again.</summary>
    Reembedded,

    /// <summary>Older than what is known.</summary>
    Outdated,

    /// <summary>It was forgotten, and may not come back.</summary>
    Forgotten,

    /// <summary>A tombstone of something that is in the index.</summary>
    Deleted,

    /// <summary>A tombstone of something that is not.</summary>
    Buried,
}
