using System.Runtime.CompilerServices;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>
/// The text of a PowerPoint presentation (ECMA-376, PresentationML): a section for each slide that is shown, with its title as heading,
/// lists, tables, alternative texts, diagrams and the speaker's notes. Numbers, dates and footers of slides are left out. The core
/// properties are metadata.
/// </summary>
public sealed class PptxExtractor : ITextExtractor
{
    public string Fingerprint => "pptx:2";

    public IReadOnlyList<string> Extensions { get; } = [".pptx"];

    public bool Unpacks => true;

    /// <exception cref="ItemException">
    /// <see cref="ErrorCodes.SourceMalformed"/>: the bytes are no presentation, or one that is broken, encrypted or hostile.
    /// </exception>
    public ExtractedText Extract(string path, ReadOnlySpan<byte> content) => Parse(path, content);

    /// <summary>Not inlined, so that what reads packages is loaded for such files only.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ExtractedText Parse(string path, ReadOnlySpan<byte> content) =>
        PackageText.Extract(path, content, "a presentation", ".pptx", PptxText.Read);
}
