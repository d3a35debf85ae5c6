using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Formats;

/// <summary>
/// Org text in Markdown's notation: headings, lists, tables, code in fences. Keywords, drawers and comments are left out, but what never ends is text; title, author,
/// date and the like are metadata.
/// </summary>
public sealed class OrgExtractor : ITextExtractor
{
    public string Fingerprint => "org:2";

    public IReadOnlyList<string> Extensions { get; } = [".org"];

    public ExtractedText Extract(string path, ReadOnlySpan<byte> content) => OrgText.Read(TextDecoder.Decode(path, content));
}
