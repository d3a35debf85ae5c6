namespace Tidemark.Documents;

/// <summary>
/// What orders two states of one document: the source's version number, else the time it says the document was modified.
/// A file's mtime is neither: a checkout goes backwards.
/// </summary>
public readonly record struct DocumentVersion(long? Number, DateTimeOffset? ModifiedAt)
{
    /// <summary>No version: every state is taken.</summary>
    public static DocumentVersion None => default;

    /// <summary>Whether nothing is known of an order.</summary>
    public bool IsNone => Number is null && ModifiedAt is null;

    /// <summary>Negative: older than <paramref name="other"/>; null: the two cannot be compared.</summary>
    public int? CompareTo(DocumentVersion other)
    {
        if (Number is { } a && other.Number is { } b)
        {
            return a.CompareTo(b);
        }

        return Number is null && other.Number is null && ModifiedAt is { } x && other.ModifiedAt is { } y
            ? x.CompareTo(y)
            : null;
    }
}
