namespace Tidemark.Formats;

/// <summary>Notes stand at the end, as Markdown has them.</summary>
internal static class DocxNotes
{
    /// <param name="type">The type of the relationship: <c>footnotes</c> or <c>endnotes</c>.</param>
    public static void Write(DocxPackage package, string main, string type, DocxWalk walk)
    {
        using var reader = package.Related(main, type) is { } part ? package.OpenText(part) : null;
        if (reader is not null)
        {
            walk.Write(reader);
        }
    }
}
