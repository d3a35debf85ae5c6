namespace Tidemark.Wording;

/// <summary>
/// What stands above a chunk: what its document is called (<see cref="DocumentTitle"/>), and the headings of the section that it belongs to.
/// Keyword indexes have the words of it beside those of the chunk's text, as one field; nothing embeds it.
/// </summary>
public static class ChunkCaption
{
    /// <param name="title">Of its document; empty: none.</param>
    /// <param name="headings">Outermost first; null: none.</param>
    /// <returns>Empty where there is neither.</returns>
    public static string Of(string title, string? headings)
    {
        ArgumentNullException.ThrowIfNull(title);
        return string.IsNullOrEmpty(headings) ? title : title.Length == 0 ? headings : $"{title}\n{headings}";
    }
}
