namespace Tidemark.Documents;

/// <summary>A line ends with LF, whatever it ended with where it was written: another end of lines is no other text.</summary>
internal static class LineEnds
{
    /// <summary>CR LF and a lone CR are a line end as LF is.</summary>
    public static string Unify(string text) => text.Contains('\r', StringComparison.Ordinal)
        ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
        : text;

    /// <summary>The document with such a text; where vectors or chunks are brought for its very text, as it is.</summary>
    public static Document Unify(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document is { Embedding: null, Chunks: null } && document.Text.Contains('\r', StringComparison.Ordinal)
            ? document with { Text = Unify(document.Text) }
            : document;
    }
}
