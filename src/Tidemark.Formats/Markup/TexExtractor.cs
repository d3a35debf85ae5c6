using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Formats;

/// <summary>
/// LaTeX in Markdown's notation: headings, lists, tables, code in fences; formulas stay TeX. Comments, the preamble, labels and citations
/// are left out; title, author and date are metadata. Macros that a document defines are not expanded, what it includes is not read.
/// </summary>
public sealed class TexExtractor : ITextExtractor
{
    public string Fingerprint => "tex:2";

    public IReadOnlyList<string> Extensions { get; } = [".tex"];

    public ExtractedText Extract(string path, ReadOnlySpan<byte> content) => new TexText(TextDecoder.Decode(path, content)).Read();
}
