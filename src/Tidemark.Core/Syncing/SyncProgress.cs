namespace Tidemark.Syncing;

/// <summary>Where a run stands; reported a few times a second while it goes on, and every second while it waits.</summary>
/// <param name="Listed">Items listed so far, and how many there are, if that is known.</param>
/// <param name="BytesListed">The same in bytes, for sources that know their bytes only.</param>
/// <param name="Changed">Documents that needed work so far.</param>
/// <param name="Applied">Documents written so far.</param>
/// <param name="Embedded">Inputs sent to the model so far.</param>
public sealed record SyncProgress(
    SyncPhase Phase,
    string Source,
    long Listed,
    long? Items,
    long BytesListed,
    long? Bytes,
    long Changed,
    long Applied,
    long Embedded);

/// <summary>What a run is doing.</summary>
public enum SyncPhase
{
    /// <summary>Listing a source and comparing it with the records.</summary>
    Listing,

    /// <summary>Writing batches.</summary>
    Applying,

    /// <summary>Letting go of what has gone.</summary>
    CleaningUp,

    /// <summary>Building a new generation from stored text.</summary>
    Rebuilding,

    /// <summary>Making the indexes by which a large generation is searched fast; reported once, when it begins.</summary>
    Indexing,
}
