using Tidemark.Records;

namespace Tidemark.Chroma;

/// <summary>What can be wrong with a collection, and what to do about it.</summary>
internal static class ChromaErrors
{
    public static TidemarkException Unavailable(ChromaLocation location, string why, Exception? failure) => new(
        ErrorCodes.IndexUnavailable,
        $"the Chroma server of '{location}' cannot be reached: {why}",
        "start the server or mend its address; what it has not got waits in the store, and the next sync delivers it",
        failure);

    public static TidemarkException TooLarge(ChromaLocation location) => new(
        ErrorCodes.IndexRefused,
        $"what answers at '{location}' says more than was asked for, without an end in sight",
        "see whether the address is that of a Chroma server; nothing of the answer was used");

    public static TidemarkException Refused(ChromaLocation location, ChromaAnswer answer) => new(
        ErrorCodes.IndexRefused,
        $"the Chroma server refuses what was asked of '{location}' ({(int)answer.Status}): {answer.Message}",
        (int)answer.Status is 401 or 403
            ? "put the server's token into the environment variable 'CHROMA_TOKEN'"
            : "see the server's message; its tenant and database must exist, and its version be 1 or later");

    public static TidemarkException Unreadable(ChromaLocation location, string what) => new(
        ErrorCodes.IndexRefused,
        $"what answers at '{location}' does not speak Chroma's API, version 2: {what}",
        "see whether the address is that of a Chroma server, version 1 or later");

    public static TidemarkException Missing(ChromaLocation location) => new(
        ErrorCodes.IndexMissing,
        $"the collection '{location}' is gone, or was replaced by another of the same name",
        "make it again from the records, without embedding anything: VerifyAsync(Repair)");

    public static TidemarkException Foreign(ChromaLocation location, string whose) => new(
        ErrorCodes.IndexForeign,
        $"the collection '{location}' {whose}",
        "name another collection with UseIndex(), or delete this one on the server if nobody needs it");

    public static TidemarkException OfAnother(ChromaLocation location, ChromaCollection collection) => Foreign(
        location,
        collection.Namespace is null
            ? "holds entries that this product did not write"
            : $"belongs to the namespace '{collection.Namespace}' of another store or to another namespace");

    public static TidemarkException OfSpace(ChromaLocation location, ChromaCollection collection, IndexBinding binding) => Foreign(
        location,
        $"holds vectors of '{collection.Space ?? $"{collection.Dimension} dimensions"}', not of '{binding.Space.Name}'");
}
