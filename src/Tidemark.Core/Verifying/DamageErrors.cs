using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Verifying;

/// <summary>Says of what is damaged what to do about it. Pure.</summary>
internal static class DamageErrors
{
    private const string FromSource =
        "run 'tidemark verify SOURCE --repair' with the source that it came from: it is written anew from there, without embedding "
        + "what is stored. What no source has any more can only come from a backup";

    private const string FromModel = "run 'tidemark verify --repair': it is embedded again from the stored text";

    public static IEnumerable<ItemFailure> Of(RecordCheck records) => records.Damages.Select(damage =>
        Error(damage.Item, $"'{damage.Item}' is damaged: {damage.What}", FromSource));

    public static IEnumerable<ItemFailure> Of(IEnumerable<MissingEmbedding> vectors) => vectors.Where(missing => missing.IsDamaged)
        .Select(missing => Error(
            $"vector {missing.Input}", $"the vector of the input '{missing.Input}' is not the one that was stored", FromModel));

    private static ItemFailure Error(string item, string message, string remedy) =>
        new(item, ErrorCodes.StoreCorrupt, message, remedy, HidesDocuments: false);
}
