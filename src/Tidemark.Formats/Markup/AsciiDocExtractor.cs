using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Formats;

/// <summary>
/// AsciiDoc in Markdown's notation: headings, lists, tables, code in fences. Comments and attributes are left out; title and
/// description are metadata. What a document includes is not read.
/// </summary>
public sealed class AsciiDocExtractor : ITextExtractor
{
    public string Fingerprint => "asciidoc:2";

    public IReadOnlyList<string> Extensions { get; } = [".adoc", ".asciidoc"];

    public ExtractedText Extract(string path, ReadOnlySpan<byte> content) => AsciiDocText.Read(TextDecoder.Decode(path, content));
}
