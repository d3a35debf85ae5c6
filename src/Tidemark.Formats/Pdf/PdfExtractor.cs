using System.Runtime.CompilerServices;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>
/// The text of a PDF file in its order of reading: columns one after the other, ligatures as letters, words that a line end parts put
/// together. Large lines are headings; a form feed ends a page. Title, author, subject, keywords and the number of pages are metadata. Pictures are not read: a
/// scan without a layer of text is a document without text.
/// </summary>
public sealed class PdfExtractor : ITextExtractor
{
    /// <summary>What reads PDF goes down with its structures, as deep as they nest.</summary>
    private const int StackBytes = 32 << 20;

    public string Fingerprint => "pdf:2";

    public IReadOnlyList<string> Extensions { get; } = [".pdf"];

    public bool Unpacks => true;

    /// <exception cref="ItemException">
    /// <see cref="ErrorCodes.SourceMalformed"/>: the bytes are no PDF, or one that is broken, encrypted or hostile.
    /// </exception>
    public ExtractedText Extract(string path, ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        ExtractedText? extracted = null;
        Exception? failed = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    extracted = Parse(path, bytes);
                }
                catch (Exception e)
                {
                    failed = e;
                }
            },
            StackBytes)
        {
            IsBackground = true, // whoever gave it up does not wait for it to the end of the process
        };
        thread.Start();
        thread.Join();
        return extracted ?? throw PdfFault.Of(path, failed!);
    }

    /// <summary>Not inlined, so that the library is loaded for PDF files only.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ExtractedText Parse(string path, byte[] content) => PdfText.Extract(path, content);
}
