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

    /// <summary>
    /// By the number where both have one, else by the time. Negative: older than <paramref name="other"/>; null: the two cannot
    /// be compared.
    /// </summary>
    public int? CompareTo(DocumentVersion other)
    {
        if (Number is { } a && other.Number is { } b)
        {
            return a.CompareTo(b);
        }

        return ModifiedAt is { } x && other.ModifiedAt is { } y ? x.CompareTo(y) : null;
    }

    /// <summary>The greater number and the later time of two.</summary>
    public DocumentVersion Latest(DocumentVersion other) => new(
        Number is { } a && other.Number is { } b ? Math.Max(a, b) : Number ?? other.Number,
        ModifiedAt is { } x && other.ModifiedAt is { } y ? (x > y ? x : y) : ModifiedAt ?? other.ModifiedAt);

    /// <summary>What is known of an order once this state has come after another: what it does not say itself still holds.</summary>
    /// <param name="known">That of the state before.</param>
    public DocumentVersion After(DocumentVersion known) => new(Number ?? known.Number, ModifiedAt ?? known.ModifiedAt);
}
