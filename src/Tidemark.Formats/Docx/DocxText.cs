using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>A package to text and metadata.</summary>
internal static class DocxText
{
    public static ExtractedText Extract(string path, ReadOnlySpan<byte> content) =>
        PackageText.Extract(path, content, "a Word document", ".docx", bytes => Read(path, bytes, depth: 0));

    /// <param name="depth">Of how many documents it is a part.</param>
    public static ExtractedText Read(string path, ReadOnlySpan<byte> content, int depth)
    {
        using var package = new OfficePackage(content);
        var main = package.MainPart ?? throw new PackageException("it has no main document part");
        var embedded = new DocxEmbedded(package, main, path, depth);
        var context = new DocxContext(DocxStyles.Read(package, main), DocxNumbering.Read(package, main), embedded);
        var blocks = new OfficeBlocks();
        using (var body = package.OpenText(main) ?? throw new PackageException($"its part '{main}' is missing"))
        {
            new DocxWalk(context, blocks).Write(body);
        }

        DocxNotes.Write(package, main, "footnotes", new DocxWalk(context, blocks));
        DocxNotes.Write(package, main, "endnotes", new DocxWalk(context, blocks));
        return new ExtractedText(blocks.ToString(), PackageProperties.Read(package)) { Warnings = embedded.Warnings };
    }
}
