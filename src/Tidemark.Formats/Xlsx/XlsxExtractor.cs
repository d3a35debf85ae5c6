using System.Runtime.CompilerServices;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>
/// The rows of an Excel workbook (ECMA-376, SpreadsheetML), each an item of a list in which every value stands behind its column's header,
/// so that a row means something without the ones above it; a section for each sheet. Values are as they are shown, dates as ISO 8601;
/// formulas are what they came to. Hidden sheets are left out. The core properties are metadata.
/// </summary>
public sealed class XlsxExtractor : ITextExtractor
{
    public string Fingerprint => "xlsx:2";

    public IReadOnlyList<string> Extensions { get; } = [".xlsx"];

    public bool Unpacks => true;

    /// <exception cref="ItemException">
    /// <see cref="ErrorCodes.SourceMalformed"/>: the bytes are no workbook, or one that is broken, encrypted or hostile.
    /// </exception>
    public ExtractedText Extract(string path, ReadOnlySpan<byte> content) => Parse(path, content);

    /// <summary>Not inlined, so that what reads packages is loaded for such files only.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ExtractedText Parse(string path, ReadOnlySpan<byte> content) =>
        PackageText.Extract(path, content, "a workbook", ".xlsx", XlsxText.Read);
}
