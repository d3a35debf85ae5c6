namespace Tidemark.Records;

/// <summary>One change that the external index has not acknowledged yet; at most one for each entry.</summary>
/// <param name="Position">Where it stands in the order of all changes of the namespace.</param>
/// <param name="Content">Null where the entry is to be deleted.</param>
public sealed record OutboxEntry(long Position, EntryId Id, OutboxChange Change, IndexEntry? Content);

/// <summary>What is to be done with an entry.</summary>
public enum OutboxChange
{
    /// <summary>A chunk was opened: its document is not found in its new version before this is acknowledged.</summary>
    Put,

    /// <summary>The entry is there; its metadata or its content is written anew.</summary>
    Patch,

    /// <summary>A chunk was closed.</summary>
    Delete,
}
