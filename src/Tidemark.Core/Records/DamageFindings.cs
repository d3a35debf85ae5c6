using System.Globalization;
using Tidemark.Diagnostics;

namespace Tidemark.Records;

/// <summary>What checks of records find in rows, and of what kind it is. Every store says it in the same words.</summary>
public static class DamageFindings
{
    private const string Namespace = "the namespace";

    /// <summary>A column of a table is not there.</summary>
    public static void AddLostColumn(this DamageList damages, string table, string column) =>
        damages.Add($"table {table}", $"its column '{column}' is gone", DamageKind.Lost);

    /// <summary>Values that no store writes.</summary>
    public static void AddForeignValues(this DamageList damages, string table, string column, long values) =>
        damages.Add($"table {table}", Said($"{values} values of its column '{column}' are none that a store writes"), DamageKind.Derivable);

    /// <summary>Rows with numbers that no store gives.</summary>
    public static void AddForeignNumbers(this DamageList damages, string table, long rows) =>
        damages.Add($"table {table}", Said($"{rows} of its rows have a number that was never given"), DamageKind.Document);

    /// <summary>Vectors of what is no hash of an input.</summary>
    public static void AddNamelessVectors(this DamageList damages, long vectors) =>
        damages.Add("table embedding", $"the inputs of {Numbered.Of(vectors, "vector", "vectors")} are none", DamageKind.Derivable);

    /// <summary>Queued changes that are not under their seals.</summary>
    public static void AddUnreadableChanges(this DamageList damages, long changes) =>
        damages.Add("table queue", $"what {Numbered.Of(changes, "change says", "changes say")} is not what was put in", DamageKind.Derivable);

    /// <summary>Documents that would wait for ever to be found in their current version.</summary>
    public static void AddWaitingForNothing(this DamageList damages, long documents) => damages.Add(
        "table outbox", $"what {Numbered.Of(documents, "document waits", "documents wait")} for is gone", DamageKind.Derivable);

    /// <summary>Another generation answers than was promoted, or none.</summary>
    public static void AddWrongGeneration(this DamageList damages) =>
        damages.Add(Namespace, "which generation of it answers is not what was stored", DamageKind.Derivable);

    /// <summary>Lists of chunks without a document.</summary>
    public static void AddStrangeLists(this DamageList damages, long lists) =>
        damages.Add(Namespace, Said($"the documents of {lists} lists of chunks are gone"), DamageKind.Remnant);

    /// <summary>Chunks without a list.</summary>
    public static void AddUnlistedChunks(this DamageList damages, long chunks) =>
        damages.Add(Namespace, Said($"{chunks} of its chunks are in no list of chunks"), DamageKind.Remnant);

    /// <summary>Rows of another namespace or generation.</summary>
    /// <param name="damages">Takes it.</param>
    /// <param name="what">Documents, source ids, chunks.</param>
    /// <param name="rows">How many.</param>
    public static void AddMisplaced(this DamageList damages, string what, long rows) =>
        damages.Add(Namespace, Said($"{rows} of its {what} stand in another place"), DamageKind.Derivable);

    /// <summary>Nobody owns the external index.</summary>
    public static void AddUnownedIndex(this DamageList damages) =>
        damages.Add(Namespace, "who owns its external index is not what was stored", DamageKind.Derivable);

    /// <summary>Change tokens that are none.</summary>
    public static void AddWrongChangeTokens(this DamageList damages, long documents) => damages.Add(
        Namespace, $"the change tokens of {Numbered.Of(documents, "document", "documents")} are not what was stored", DamageKind.Derivable);

    /// <summary>A count that is kept is not what there is.</summary>
    /// <param name="damages">Takes it.</param>
    /// <param name="what">Is counted.</param>
    /// <param name="isAllThatIsLeft">Whether rows are missing, so that the count knows what they do not.</param>
    public static void AddWrongCount(this DamageList damages, string what, bool isAllThatIsLeft) => damages.Add(
        Namespace, $"the count of {what} is not what there is", isAllThatIsLeft ? DamageKind.Remnant : DamageKind.Derivable);

    /// <summary>Chunks of former states that are damaged.</summary>
    public static void AddFormerChunks(this DamageList damages, long chunks) =>
        AddPast(damages, chunks, "chunk of former states is", "chunks of former states are");

    /// <summary>Vectors that only former states need, and that are damaged.</summary>
    public static void AddFormerVectors(this DamageList damages, long vectors) =>
        AddPast(damages, vectors, "vector that nothing live needs is", "vectors that nothing live needs are");

    private static void AddPast(DamageList damages, long found, string one, string many)
    {
        ArgumentNullException.ThrowIfNull(damages);
        if (found > 0)
        {
            damages.Add(Namespace, $"{Numbered.Of(found, one, many)} not what was stored", DamageKind.Past);
        }
    }

    private static string Said(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
