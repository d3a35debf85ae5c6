namespace Tidemark.Records;

/// <summary>
/// A row that everything hangs on (a namespace, a space, a source, a generation) and its two copies: of three that should be equal
/// two are right. Pure.
/// </summary>
/// <param name="Kind">Of the row.</param>
/// <param name="Id">The store's number of it.</param>
/// <param name="Main">What it says; null: it is gone.</param>
/// <param name="First">What its first copy says; null: there is none.</param>
/// <param name="Second">What its second copy says; null: there is none.</param>
public sealed record CatalogRow(string Kind, long Id, string? Main, string? First, string? Second)
{
    /// <summary>
    /// What two of three say, and what a row says that has no copies; null: all differ, and nobody knows which is right.
    /// </summary>
    public string? Right =>
        First is not null && AreEqual(First, Second) ? First
        : Main is not null && (First is null || AreEqual(Main, First) || AreEqual(Main, Second)) ? Main
        : null;

    /// <summary>In which way it is damaged.</summary>
    public string Damage => Right is null ? "it is damaged in two places" : "it is gone or not what was stored";

    /// <summary>Where it can come back from.</summary>
    public DamageKind DamageKind => Right is null ? DamageKind.Lost : DamageKind.Derivable;

    /// <summary>The name that it has in a report.</summary>
    public string Name => $"{Kind} {Id}";

    private static bool AreEqual(string one, string? other) => string.Equals(one, other, StringComparison.Ordinal);
}
