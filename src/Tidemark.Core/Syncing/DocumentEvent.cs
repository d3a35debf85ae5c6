namespace Tidemark.Syncing;

/// <summary>What a run did to one document.</summary>
/// <param name="Document">Its id.</param>
/// <param name="Change">Seen from the index.</param>
/// <param name="Chunks">What became of its chunks.</param>
public sealed record DocumentEvent(string Document, DocumentEventKind Change, ChunkCounts Chunks)
{
    /// <summary>Null where nothing that a query sees has changed.</summary>
    internal static DocumentEvent? Of(Decision decision)
    {
        DocumentEventKind? change = decision.Verdict switch
        {
            Verdict.Added => DocumentEventKind.Added,
            Verdict.Edited or Verdict.Reembedded => DocumentEventKind.Edited,
            Verdict.Metadata => DocumentEventKind.Metadata,
            Verdict.Deleted => DocumentEventKind.Deleted,
            _ => null,
        };
        var chunks = decision.Chunks;
        return change is { } kind
            ? new DocumentEvent(
                decision.Id, kind, new ChunkCounts(chunks.Added, chunks.Patched, chunks.Unchanged, chunks.Closed))
            : null;
    }
}

/// <summary>How a document changed.</summary>
public enum DocumentEventKind
{
    /// <summary>It is new to the index, or back in it.</summary>
    Added,

    /// <summary>Its text is another, or it was embedded again on request.</summary>
    Edited,

    /// <summary>Only its metadata is another.</summary>
    Metadata,

    /// <summary>It left the index.</summary>
    Deleted,
}
