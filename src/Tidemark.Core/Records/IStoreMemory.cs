namespace Tidemark.Records;

/// <summary>
/// What was last seen of a store, kept outside of it: a store that went back to an older state has forgotten itself that there was a newer
/// one. It never fails: what cannot be kept is not known.
/// </summary>
public interface IStoreMemory
{
    /// <returns>Null: nothing of it was seen.</returns>
    StoreSighting? Find(string mark, long @namespace);

    /// <summary>Takes the place of what was seen of that namespace before.</summary>
    void Keep(StoreSighting sighting);
}
