namespace Tidemark.Formats;

/// <summary>
/// What a page says of its encoding. Browsers look for it in the first 1,024 bytes and then, wherever the parser meets it, read the page
/// again (HTML standard, 13.2.3.2 and 13.2.3.5); so it counts wherever it stands, but not in a comment or a script.
/// </summary>
internal static class CharsetDeclaration
{
    /// <param name="markup">The page's bytes as characters.</param>
    /// <returns>The name as it is written; null: the page says nothing.</returns>
    public static string? Find(ReadOnlySpan<char> markup)
    {
        var tags = new TagScanner(markup);
        while (tags.Read())
        {
            if (!tags.IsEndTag && tags.Name.Equals("meta", StringComparison.OrdinalIgnoreCase) && OfMeta(tags) is { } named)
            {
                return named;
            }
        }

        return OfXml(markup);
    }

    private static string? OfMeta(TagScanner meta) => Clean(meta.Attribute("charset"))
        ?? ("content-type".Equals(meta.Attribute("http-equiv")?.Trim(), StringComparison.OrdinalIgnoreCase)
            ? InContentType(meta.Attribute("content"))
            : null);

    private static string? InContentType(string? content)
    {
        var at = content?.IndexOf("charset", StringComparison.OrdinalIgnoreCase) ?? -1;
        var value = at < 0 ? [] : content.AsSpan(at + "charset".Length).TrimStart();
        return value.StartsWith("=") ? Clean(value[1..].Trim().Trim("\"'").ToString().Split(';', ' ')[0]) : null;
    }

    /// <summary>The declaration of XML, with which a page in XHTML may begin.</summary>
    private static string? OfXml(ReadOnlySpan<char> markup)
    {
        var content = markup.TrimStart();
        var end = content.IndexOf("?>");
        if (!content.StartsWith("<?xml") || end < 0)
        {
            return null;
        }

        var declaration = new TagScanner($"<xml{content["<?xml".Length..end]}>");
        return declaration.Read() ? Clean(declaration.Attribute("encoding")) : null;
    }

    private static string? Clean(string? label) => string.IsNullOrWhiteSpace(label) ? null : label.Trim();
}
