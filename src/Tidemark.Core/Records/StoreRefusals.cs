using System.Globalization;
using Tidemark.Embedding;

namespace Tidemark.Records;

/// <summary>What stores refuse, and what is to be done about it. Every store says it in the same words.</summary>
public static class StoreRefusals
{
    /// <summary>Nobody has written into it, or it was dropped.</summary>
    public static TidemarkException NamespaceMissing(string name) => new(
        ErrorCodes.NamespaceMissing, $"there is no namespace '{name}'", "see 'NamespacesAsync()' for those that there are");

    /// <summary>The same, where it is asked for what is indexed.</summary>
    /// <param name="name">As it was asked for.</param>
    /// <param name="store">Where the store is.</param>
    public static TidemarkException NamespaceMissing(string name, string store) => new(
        ErrorCodes.NamespaceMissing, $"there is no namespace '{name}' in '{store}'", "see those that exist: NamespacesAsync()");

    /// <summary>Another run or process has the lease.</summary>
    /// <param name="what">The store, or a namespace of it.</param>
    /// <param name="who">Who holds it, and since when.</param>
    public static TidemarkException Held(string what, string who) => new(
        ErrorCodes.RunLocked, $"another run holds {what}: {who}", "let it finish, wait for it with SyncOptions.Wait, or end that process");

    /// <summary>Another generation answers since a query pinned this one.</summary>
    /// <param name="generation">The one that was pinned.</param>
    /// <param name="store">Where the store is.</param>
    public static TidemarkException Replaced(long generation, string store) => new(
        ErrorCodes.StoreBusy,
        string.Create(CultureInfo.InvariantCulture, $"generation '{generation}' of '{store}' was replaced while it was asked"),
        "ask again: the new generation answers");

    /// <summary>A store that was opened without the external index is asked for vectors.</summary>
    /// <param name="generation">The one that is asked.</param>
    /// <param name="location">Where its vectors are.</param>
    public static TidemarkException VectorsElsewhere(long generation, string location) => new(
        ErrorCodes.IndexUnavailable,
        string.Create(CultureInfo.InvariantCulture, $"the vectors of generation '{generation}' are indexed in '{location}', not in the store"),
        "open the store together with that index, or search by keywords");

    /// <summary>A space is asked for with other dimensions than it was stored with.</summary>
    /// <param name="asked">The space as it is asked for.</param>
    /// <param name="stored">Its dimensions in the store.</param>
    public static TidemarkException OtherDimensions(EmbeddingSpace asked, int stored)
    {
        ArgumentNullException.ThrowIfNull(asked);
        return new TidemarkException(
            ErrorCodes.EmbeddingSpace,
            string.Create(CultureInfo.InvariantCulture, $"the embedding space '{asked.Name}' has {stored} dimensions here, not {asked.Dimensions}"),
            "give the space with the other dimensions a name of its own");
    }

    /// <summary>An entry of the outbox cannot be delivered.</summary>
    /// <param name="document">Whose chunk it is.</param>
    public static TidemarkException VectorLost(string document) => new(
        ErrorCodes.EmbeddingMissing,
        $"the vector of a chunk of '{document}' is lost, so its entry cannot be written to the external index",
        "embed what is lost again, and bring the index in step: VerifyAsync(Repair)");

    /// <summary>Two copies into one store.</summary>
    /// <param name="store">Where it is.</param>
    public static TidemarkException CopyBegun(string store) => new(
        ErrorCodes.StoreCopy, $"another copy into '{store}' was begun meanwhile", "let that one finish; the source was not touched");

    /// <summary>A defect of the caller.</summary>
    public static InvalidOperationException PlanWrites() => new("A plan's session writes nothing.");
}
