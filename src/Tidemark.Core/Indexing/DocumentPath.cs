namespace Tidemark.Indexing;

/// <summary>A place in the tree of document ids, as <see cref="MetadataFilter.Path"/> says.</summary>
/// <param name="Whole">The id of the one document that is this place; null: it is only a beginning.</param>
/// <param name="Prefix">What all other ids begin with.</param>
public readonly record struct DocumentPath(string? Whole, string Prefix)
{
    /// <summary>Understands what a person wrote.</summary>
    public static DocumentPath Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text switch
        {
            [.. var beginning, '*'] => new(null, beginning),
            [.., var last] when char.IsLetterOrDigit(last) || char.IsSurrogate(last) => new(text, text + "/"),
            _ => new(null, text),
        };
    }

    /// <summary>Whether the document is there.</summary>
    public bool Contains(string document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.StartsWith(Prefix, StringComparison.Ordinal) || string.Equals(document, Whole, StringComparison.Ordinal);
    }
}
