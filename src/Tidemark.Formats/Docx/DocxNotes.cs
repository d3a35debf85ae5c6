using System.Xml;

namespace Tidemark.Formats;

/// <summary>Notes stand at the end, as Markdown has them.</summary>
internal static class DocxNotes
{
    /// <param name="type">The type of the relationship: <c>footnotes</c> or <c>endnotes</c>.</param>
    public static void Write(OfficePackage package, string main, string type, DocxWalk walk)
    {
        using var reader = package.Related(main, type) is { } part ? package.OpenText(part) : null;
        if (reader is not null)
        {
            walk.Write(reader);
        }
    }

    /// <summary>Footnotes and endnotes are both counted from 1.</summary>
    /// <param name="name">Of the element, which is a note or refers to one.</param>
    public static string MarkOf(XmlReader reader, string name) =>
        $"{(name.StartsWith("endnote", StringComparison.Ordinal) ? "e" : "")}{DocxNames.Attribute(reader, "id")}";
}
