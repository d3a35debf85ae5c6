using System.Runtime.CompilerServices;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>
/// The text of a Word document (ECMA-376, WordprocessingML) in Markdown's notation: headings, paragraphs, lists, tables,
/// footnotes. What tracked changes have deleted, headers, footers and comments are left out. The core properties (title,
/// creator, subject …) are metadata.
/// </summary>
/// <remarks>
/// Read as a stream of XML, without a tree in memory and without recursion: a document that nests without end, or that
/// unpacks to more than <see cref="ZipPackage.MostXml"/>, is refused instead of taking the process down.
/// </remarks>
public sealed class DocxExtractor : ITextExtractor
{
    public string Fingerprint => "docx:2";

    public IReadOnlyList<string> Extensions { get; } = [".docx"];

    public bool Unpacks => true;

    /// <exception cref="ItemException">
    /// <see cref="ErrorCodes.SourceMalformed"/>: the bytes are no Word document, or one that is broken, encrypted or hostile.
    /// </exception>
    public ExtractedText Extract(string path, ReadOnlySpan<byte> content) => Parse(path, content);

    /// <summary>Not inlined, so that what reads packages is loaded for such documents only.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ExtractedText Parse(string path, ReadOnlySpan<byte> content) => DocxText.Extract(path, content);
}
