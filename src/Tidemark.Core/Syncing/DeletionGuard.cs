namespace Tidemark.Syncing;

/// <summary>
/// Holds inferred deletes back when there are suspiciously many. A move, a replaced part of a listed source id and an
/// explicit tombstone do not count; an empty listing of a source that had documents always does.
/// </summary>
/// <param name="MaxDocuments">More than this many …</param>
/// <param name="MaxShare">… and more than this share of the source's documents (0 to 1) are held back. Null: not asked.</param>
/// <param name="Enabled">False: whatever is inferred is deleted.</param>
public sealed record DeletionGuard(long? MaxDocuments, double? MaxShare, bool Enabled = true)
{
    /// <summary>More than 10 documents and more than a fifth of the source.</summary>
    public static DeletionGuard Default { get; } = new(10, 0.20);

    /// <summary>Holds nothing back.</summary>
    public static DeletionGuard Off { get; } = new(null, null, Enabled: false);

    /// <summary>The same for a source that may be another one of the same name: however few documents it has, the share counts.</summary>
    public DeletionGuard ForSmall() => MaxShare is null ? this : this with { MaxDocuments = null };

    /// <param name="count">Inferred deletes without a successor.</param>
    /// <param name="documents">Live documents of the source before the run.</param>
    /// <param name="listedNothing">The listing was empty.</param>
    public bool Holds(long count, long documents, bool listedNothing) =>
        Enabled
        && count > 0
        && (listedNothing
            || ((MaxDocuments is not { } most || count > most)
                && (MaxShare is not { } share || count > share * documents)));
}
