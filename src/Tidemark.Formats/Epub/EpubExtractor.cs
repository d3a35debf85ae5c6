using System.Runtime.CompilerServices;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>
/// The text of a book in EPUB (versions 2 and 3): its pages in the order in which they are read, each as HTML is. Its table of contents
/// is left out. Title, creator, language, publisher, date, subject and description are metadata.
/// </summary>
public sealed class EpubExtractor : ITextExtractor
{
    public string Fingerprint => "epub:1";

    public IReadOnlyList<string> Extensions { get; } = [".epub"];

    public bool Unpacks => true;

    /// <exception cref="ItemException">
    /// <see cref="ErrorCodes.SourceMalformed"/>: the bytes are no book, or one that is broken, encrypted or hostile.
    /// </exception>
    public ExtractedText Extract(string path, ReadOnlySpan<byte> content) => Parse(path, content);

    /// <summary>Not inlined, so that what reads packages is loaded for such files only.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ExtractedText Parse(string path, ReadOnlySpan<byte> content) =>
        PackageText.Extract(path, content, "a book in EPUB", ".epub", bytes => EpubText.Read(path, bytes));
}
