using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Formats;

/// <summary>The formats that are taken without any setting, and those that are known where a pattern takes them.</summary>
public static class DefaultExtractors
{
    /// <summary>None of them loads its library before a file needs it.</summary>
    public static IReadOnlyList<ITextExtractor> All { get; } = With(new HtmlOptions());

    /// <summary>Part of the pipeline's identity.</summary>
    public static string Fingerprint { get; } = string.Join(';', All.Select(e => e.Fingerprint));

    /// <summary>The same, with another choice of what of a page is its text.</summary>
    public static IReadOnlyList<ITextExtractor> With(HtmlOptions html) =>
    [
        new MarkdownExtractor(),
        new PlainTextExtractor(),
        new HtmlExtractor(html),
        new DocxExtractor(),
        new PptxExtractor(),
        new XlsxExtractor(),
        new EpubExtractor(),
        new PdfExtractor(),
        new NotebookExtractor(),
        new AsciiDocExtractor(),
        new OrgExtractor(),
        new TexExtractor(),
        new SubtitleExtractor(),
        new CodeExtractor(),
    ];
}
