using System.Xml;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>A package to text and metadata; whatever is wrong with it becomes the failure of one item.</summary>
internal static class DocxText
{
    /// <summary>How the binary formats and encrypted documents begin (Compound File Binary).</summary>
    private static ReadOnlySpan<byte> CompoundFile => [0xD0, 0xCF, 0x11, 0xE0];

    /// <exception cref="ItemException">The document cannot be read.</exception>
    public static ExtractedText Extract(string path, ReadOnlySpan<byte> content)
    {
        if (content.StartsWith(CompoundFile))
        {
            throw Malformed(path, "it is encrypted, or of the old binary format", "save it as .docx without a password");
        }

        try
        {
            using var package = new DocxPackage(content);
            var main = package.MainPart ?? throw new DocxException("it has no main document part");
            var styles = DocxStyles.Read(package, main);
            var numbering = DocxNumbering.Read(package, main);
            var blocks = new DocxBlocks();
            using (var body = package.OpenText(main) ?? throw new DocxException($"its part '{main}' is missing"))
            {
                new DocxWalk(styles, numbering, blocks).Write(body);
            }

            DocxNotes.Write(package, main, "footnotes", new DocxWalk(styles, numbering, blocks));
            DocxNotes.Write(package, main, "endnotes", new DocxWalk(styles, numbering, blocks));
            return new ExtractedText(blocks.ToString(), DocxProperties.Read(package));
        }
        catch (DocxException e)
        {
            throw Malformed(path, e.Message, inner: e);
        }
        catch (XmlException e)
        {
            throw Malformed(path, $"one of its parts is no XML that is taken ({e.Message})", inner: e);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            throw Malformed(path, $"it is not a zip archive, or a damaged one ({e.Message})", inner: e);
        }
    }

    private static ItemException Malformed(string path, string what, string? remedy = null, Exception? inner = null) => new(
        ErrorCodes.SourceMalformed,
        $"'{path}' cannot be read as a Word document: {what.TrimEnd('.')}",
        remedy ?? "open it in a word processor and save it again, or exclude it, which lets go of what is indexed of it",
        inner);
}
