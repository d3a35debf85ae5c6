using System.Buffers.Binary;
using System.Text;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>
/// Decodes the bytes of a text file: UTF-8 with or without a byte order mark, and UTF-16 with one. Anything else is
/// refused instead of guessed, so that no mangled text is embedded. Lines end in LF from here on, however the file ends them:
/// a checkout with other line ends changes no text.
/// </summary>
public static class TextDecoder
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    /// <param name="path">Named in the error.</param>
    /// <exception cref="ItemException">
    /// <see cref="ErrorCodes.SourceBinary"/>: there are NUL characters; <see cref="ErrorCodes.SourceEncoding"/>: the
    /// bytes are not of the encoding.
    /// </exception>
    public static string Decode(string path, ReadOnlySpan<byte> content)
    {
        if (Utf16Of(content) is { } utf16)
        {
            return DecodeUtf16(path, content[2..], utf16);
        }

        content = content.StartsWith(Utf8Mark) ? content[Utf8Mark.Length..] : content;
        if (content.Contains((byte)0))
        {
            throw Binary(path);
        }

        try
        {
            return LineEnds.Unify(Utf8.GetString(content));
        }
        catch (DecoderFallbackException e)
        {
            throw new ItemException(
                ErrorCodes.SourceEncoding,
                $"'{path}' is not UTF-8 (at byte {FirstInvalid(content)})",
                "convert it to UTF-8, for instance with 'iconv -t utf-8', or exclude it, which lets go of what is indexed of it",
                e);
        }
    }

    /// <summary>The UTF-16 encoding that a byte order mark announces.</summary>
    internal static Encoding? Utf16Of(ReadOnlySpan<byte> content) =>
        content.Length < 2 ? null : BinaryPrimitives.ReadUInt16BigEndian(content) switch
        {
            0xFFFE => new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true),
            0xFEFF => new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true),
            _ => null,
        };

    private static string DecodeUtf16(string path, ReadOnlySpan<byte> content, Encoding utf16)
    {
        try
        {
            var text = utf16.GetString(content);
            return text.Contains('\0', StringComparison.Ordinal) ? throw Binary(path) : LineEnds.Unify(text);
        }
        catch (DecoderFallbackException e)
        {
            throw new ItemException(
                ErrorCodes.SourceEncoding,
                $"'{path}' begins with the mark of UTF-16 but is not UTF-16",
                "convert it to UTF-8, or exclude it, which lets go of what is indexed of it",
                e);
        }
    }

    private static ItemException Binary(string path) => new(
        ErrorCodes.SourceBinary,
        $"'{path}' is binary: it contains NUL characters",
        "exclude it, or give it an ending that is not taken; either lets go of what is indexed of it");

    private static int FirstInvalid(ReadOnlySpan<byte> content)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(content[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}
