namespace Tidemark.Records;

/// <summary>
/// What searches find of a document whose vectors are indexed outside, while its entries there wait. It is found in its current version
/// once none of that version's new entries waits, and at once where it has none. The index's stamp grows whenever a document is found in
/// another version than before that had waited, so that a search notices it between its two halves; what merely goes, or gets other metadata,
/// leaves the stamp alone, for no entry is missed by it.
/// </summary>
internal static class PublicationRule
{
    /// <summary>
    /// The version that searches stay with while new entries wait: the one before, or nothing where there was none. Of a damaged document
    /// that is written anew nothing is known to be whole, so nothing of it is found, also where an older version was found until now.
    /// </summary>
    /// <returns>Its sequence; 0: none.</returns>
    public static long FoundMeanwhile(StoredState stored, bool isRewritten) => stored.IsLive && !isRewritten ? stored.Sequence : 0;

    /// <summary>
    /// Whether searches stay with a document that goes as long as a new one with its text waits. Not with one that its source calls deleted,
    /// nor with one that was gone before: whatever is written of a document ends that it is held, but the removal that began it.
    /// </summary>
    public static bool MayHaveMoved(StoredState stored, DocumentState next) => stored.IsLive && next == DocumentState.Removed;
}
