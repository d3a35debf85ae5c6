using System.Runtime.CompilerServices;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>
/// The readable text of a page, in Markdown's notation where it has blocks: headings, lists, fences, tables. What is
/// no reading matter (scripts, styles, navigation, templates, hidden elements) is dropped; title, language and
/// description are metadata.
/// </summary>
public sealed class HtmlExtractor(HtmlOptions? options = null) : ITextExtractor
{
    private readonly HtmlOptions _options = options ?? new HtmlOptions();

    public string Fingerprint { get; } =
        $"html:3{(options is { MainOnly: false } ? ";whole" : "")}{(options is { LinkTargets: true } ? ";links" : "")}";

    public IReadOnlyList<string> Extensions { get; } = [".html", ".htm", ".xhtml"];

    public ExtractedText Extract(string path, ReadOnlySpan<byte> content)
    {
        var warnings = new List<ItemWarning>();
        var extracted = Parse(path, XhtmlMarkup.ToHtml(path, HtmlDecoder.Decode(path, content, warnings)), _options);
        return warnings.Count == 0 ? extracted : extracted with { Warnings = warnings };
    }

    /// <summary>Not inlined, so that the HTML library is loaded for HTML files only.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ExtractedText Parse(string path, string markup, HtmlOptions options) => HtmlText.Extract(path, markup, options);
}
