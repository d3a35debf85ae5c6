using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Verifying;

/// <summary>Says of what is damaged what to do about it. Pure.</summary>
internal static class DamageErrors
{
    private const string FromModel = "run 'VerifyAsync(Repair)': it is embedded again from the stored text";

    public static IEnumerable<ItemFailure> Of(RecordCheck records) => records.Damages.Select(damage =>
        Error(damage.Item, $"'{damage.Item}' is damaged: {damage.What}", RemedyOf(damage.Kind)));

    public static IEnumerable<ItemFailure> Of(IEnumerable<MissingEmbedding> vectors) => vectors.Where(missing => missing.IsDamaged)
        .Select(missing => Error(
            $"vector {missing.Input}", $"the vector of the input '{missing.Input}' is not the one that was stored", FromModel));

    /// <summary>What is live is counted, and needs no list: a lost vector of the past is told by nobody else.</summary>
    public static IEnumerable<ItemFailure> OfPast(IEnumerable<MissingEmbedding> vectors) => vectors.Where(missing => missing is { IsPast: true, IsDamaged: false })
        .Select(missing => new ItemFailure(
            $"vector {missing.Input}",
            ErrorCodes.EmbeddingMissing,
            $"the vector of the input '{missing.Input}', which former states have, is gone; searches of what is live do not need it",
            FromModel,
            HidesDocuments: false));

    /// <summary>Sources that could not be compared with records that are damaged.</summary>
    public static IReadOnlyList<ItemFailure> OfUncompared(IEnumerable<IDocumentSource> sources, TidemarkException why) =>
        [.. sources.Select(source => Error(source.Name, $"the source '{source.Name}' was not compared: {why.Message}", why.Remedy))];

    /// <summary>What a repair could not bring back, and dropped.</summary>
    public static IEnumerable<ItemWarning> OfLost(IEnumerable<RecordDamage> lost) => lost.Select(damage => new ItemWarning(
        damage.Item,
        ErrorCodes.HistoryLost,
        $"'{damage.Item}' has lost what could not be put right: {damage.What}",
        "nothing need be done: what is live is whole. A backup from before the damage has that state still"));

    private static string RemedyOf(DamageKind kind) => kind switch
    {
        DamageKind.Document =>
            "run 'VerifyAsync(SOURCE, Repair)' with the source that it came from: it is written anew from there, without "
            + "embedding what is stored. What no source has any more can only come from a backup",
        DamageKind.Derivable =>
            "run 'VerifyAsync(Repair)': it is put right from what else the store holds; what stays can only come from a backup",
        DamageKind.Past =>
            "run 'VerifyAsync(Repair)': it comes back from an equal chunk where there is one; where there is none, this former state is "
            + "dropped, and the repair says so. What is live stays as it is",
        DamageKind.Memory => GoneRecords.Remedy,
        DamageKind.Remnant =>
            "run 'VerifyAsync(SOURCE, Repair)' with the sources of the namespace: documents that are gone are written anew from "
            + "there, without embedding what is stored, and what is left over of them goes",
        _ => "move the store aside with everything beside it, so that nothing more of it is lost; then put a backup in its place, or sync into a new one",
    };

    private static ItemFailure Error(string item, string message, string remedy) =>
        new(item, ErrorCodes.StoreCorrupt, message, remedy, HidesDocuments: false);
}
