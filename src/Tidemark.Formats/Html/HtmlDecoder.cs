using System.Text;
using System.Text.RegularExpressions;
using Tidemark.Sources;

namespace Tidemark.Formats;

/// <summary>Finds a page's encoding as browsers do: its byte order mark, else what it says in its head, else UTF-8.</summary>
internal static partial class HtmlDecoder
{
    /// <summary>Browsers look no further for the declaration (HTML standard, 13.2.3.2).</summary>
    private const int HeadBytes = 1_024;

    /// <exception cref="ItemException">The bytes are not of the encoding, or of one that is not known here.</exception>
    public static string Decode(string path, ReadOnlySpan<byte> content)
    {
        var declared = DeclaredIn(Encoding.Latin1.GetString(content[..Math.Min(content.Length, HeadBytes)]));
        if (declared is null || HasMark(content) || IsUtf8(declared))
        {
            return TextDecoder.Decode(path, content);
        }

        if (content.Contains((byte)0))
        {
            throw new ItemException(
                ErrorCodes.SourceBinary,
                $"'{path}' is binary: it contains NUL characters",
                "exclude it, or give it an ending that is not taken; either lets go of what is indexed of it");
        }

        try
        {
            // The standard reads Latin-1 and ASCII as Windows-1252.
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            var name = declared.ToLowerInvariant() is "iso-8859-1" or "latin1" or "ascii" or "us-ascii"
                ? "windows-1252"
                : declared;
            return Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, DecoderFallback.ExceptionFallback)
                .GetString(content);
        }
        catch (ArgumentException e)
        {
            throw new ItemException(
                ErrorCodes.SourceEncoding,
                $"'{path}' says that it is '{declared}', but its bytes cannot be read as that",
                "convert it to UTF-8 and correct its charset, or exclude it, which lets go of what is indexed of it",
                e);
        }
    }

    private static bool HasMark(ReadOnlySpan<byte> content) =>
        content is [0xEF, 0xBB, 0xBF, ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];

    private static bool IsUtf8(string name) =>
        name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || name.Equals("utf8", StringComparison.OrdinalIgnoreCase);

    private static string? DeclaredIn(string head) =>
        Charset().Match(head) is { Success: true } match ? match.Groups["name"].Value : null;

    [GeneratedRegex(
        """(?:<meta[^>]*?charset|<\?xml[^>]*?encoding)\s*=\s*["']?\s*(?<name>[A-Za-z0-9_.:-]+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Charset();
}
