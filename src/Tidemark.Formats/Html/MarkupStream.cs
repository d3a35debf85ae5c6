using System.Text;

namespace Tidemark.Formats;

/// <summary>
/// A page as the parser asks for it, piece by piece, with a check before each: elements that the standard implies (a paragraph by its
/// end) are not reported as created, so a page can grow without a start tag. The mark at its beginning settles the encoding.
/// </summary>
internal sealed class MarkupStream(string markup, Action check)
    : MemoryStream([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(markup)], writable: false)
{
    private const int Piece = 4_096;

    /// <summary>The other ways to read come down to this one.</summary>
    public override int Read(byte[] buffer, int offset, int count)
    {
        check();
        return base.Read(buffer, offset, Math.Min(count, Piece));
    }
}
