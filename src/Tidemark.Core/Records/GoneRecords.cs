using Tidemark.Diagnostics;

namespace Tidemark.Records;

/// <summary>
/// The records of documents that are gone, counted: by them an older version is known to be one. Pure; every store asks it.
/// </summary>
/// <param name="First">As it was counted when they were written.</param>
/// <param name="Second">The same, kept a second time.</param>
/// <param name="Found">What is there.</param>
public sealed record GoneRecords(long First, long Second, long Found)
{
    /// <summary>What to do where some are lost; nothing but a backup has them.</summary>
    public const string Remedy =
        "put a backup in its place, if no older version of them may come back; or run 'VerifyAsync(Repair)', which lets them go and says so: "
        + "from then on such a version is taken for a new document";

    /// <summary>What is wrong with them; null: nothing.</summary>
    public (string What, DamageKind Kind)? Damage => this switch
    {
        { First: var first, Second: var second, Found: var found } when first == found && second == found => null,
        _ when First == Second && Found < First => (
            $"{Numbered.Of(First - Found, "record of a document that is gone is", "records of documents that are gone are")} lost: an older version would be taken for a new document",
            DamageKind.Memory),
        _ => ("the count of documents that are gone is not what there is", DamageKind.Derivable),
    };

    /// <summary>Before a version is taken of a document without a record, or told that all is well.</summary>
    public static TidemarkException Refusal(string name) => new(
        ErrorCodes.StoreCorrupt,
        $"the namespace '{name}' is damaged: records of documents that are gone are lost, so that an older version of one of them would be taken for a new document",
        Remedy);
}
