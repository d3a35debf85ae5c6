using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Formats;

/// <summary>The formats that are taken without any setting.</summary>
public static class DefaultExtractors
{
    /// <summary>None of them loads its library before a file needs it.</summary>
    public static IReadOnlyList<ITextExtractor> All { get; } =
        [new MarkdownExtractor(), new PlainTextExtractor(), new HtmlExtractor(), new DocxExtractor()];

    /// <summary>Part of the pipeline's identity.</summary>
    public static string Fingerprint { get; } = string.Join(';', All.Select(e => e.Fingerprint));
}
