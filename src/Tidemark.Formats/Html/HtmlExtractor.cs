using System.Runtime.CompilerServices;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>
/// The readable text of a page, in Markdown's notation where it has blocks: headings, lists, fences, tables. What is
/// no reading matter (scripts, styles, navigation, templates, hidden elements) is dropped; title, language and
/// description are metadata.
/// </summary>
public sealed class HtmlExtractor : ITextExtractor
{
    public string Fingerprint => "html:1";

    public IReadOnlyList<string> Extensions { get; } = [".html", ".htm", ".xhtml"];

    public ExtractedText Extract(string path, ReadOnlySpan<byte> content) =>
        Parse(path, HtmlDecoder.Decode(path, content));

    /// <summary>Not inlined, so that the HTML library is loaded for HTML files only.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ExtractedText Parse(string path, string markup) => HtmlText.Extract(path, markup);
}
