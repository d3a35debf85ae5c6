using System.Text;
using System.Text.Unicode;
using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Formats;

/// <summary>
/// Finds a page's encoding as browsers do: its byte order mark, else what it says, else UTF-8. A few bytes that are not of it become
/// U+FFFD with a warning; where there are more of them, the guess is wrong and the page is refused, for it would be read as nonsense.
/// </summary>
internal static class HtmlDecoder
{
    /// <summary>Where nearly all pages say it.</summary>
    private const int HeadBytes = 1_024;

    /// <summary>So few are damage in a page of any length, unless it is nearly all there is.</summary>
    private const int FewBad = 3;
    private const int BytesPerFewBad = 20;

    /// <summary>
    /// Of a longer page one byte in so many may be bad. Of a page in German that is Latin-1 and says that it is UTF-8, one in about 200
    /// is: markup included.
    /// </summary>
    private const int BytesPerBad = 500;

    /// <summary>So many sequences of UTF-8, and no byte that is none, are no accident in another encoding.</summary>
    private const int SurelyUtf8 = 4;

    private static ReadOnlySpan<byte> Replacement => "\uFFFD"u8;

    /// <exception cref="ItemException">The bytes are not of the encoding, or of one that is not known here.</exception>
    public static string Decode(string path, ReadOnlySpan<byte> content, List<ItemWarning> warnings)
    {
        if (HasMark(content))
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

        var declared = DeclaredIn(content);
        var codePage = declared is null ? CharsetLabels.Utf8 : CharsetLabels.CodePageOf(declared);
        if (codePage is null or CharsetLabels.Refused)
        {
            throw Refusal(path, declared!);
        }

        if (codePage != CharsetLabels.Utf8 && IsUtf8AllTheSame(content))
        {
            warnings.Add(new ItemWarning(
                path,
                ErrorCodes.SourceEncoding,
                $"'{path}' says that it is '{declared}', but all of its bytes are UTF-8; it was read as that",
                "correct the charset that it names"));
            codePage = CharsetLabels.Utf8;
        }

        var text = LegacyText.Decode(codePage.Value, content);
        var bad = text.AsSpan().Count('\uFFFD') - (codePage == CharsetLabels.Utf8 ? content.Count(Replacement) : 0);
        if (bad > 0)
        {
            Weigh(path, declared, content.Length, bad, warnings);
        }

        return text;
    }

    private static bool HasMark(ReadOnlySpan<byte> content) =>
        content is [0xEF, 0xBB, 0xBF, ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];

    private static string? DeclaredIn(ReadOnlySpan<byte> content) =>
        (content.Length > HeadBytes ? CharsetDeclaration.Find(Encoding.Latin1.GetString(content[..HeadBytes])) : null)
        ?? CharsetDeclaration.Find(Encoding.Latin1.GetString(content));

    private static bool IsUtf8AllTheSame(ReadOnlySpan<byte> content)
    {
        if (!Utf8.IsValid(content))
        {
            return false;
        }

        var sequences = 0;
        foreach (var b in content)
        {
            sequences += b >= 0xC0 ? 1 : 0;
        }

        return sequences >= SurelyUtf8;
    }

    private static void Weigh(string path, string? declared, int length, int bad, List<ItemWarning> warnings)
    {
        if (bad > Math.Max(length / BytesPerBad, Math.Min(FewBad, length / BytesPerFewBad)))
        {
            throw Refusal(path, declared);
        }

        warnings.Add(new ItemWarning(
            path,
            ErrorCodes.SourceEncoding,
            $"'{path}' has bytes that are not '{declared ?? "utf-8"}' in {bad} {(bad == 1 ? "place" : "places")}; U+FFFD stands there instead",
            "save it anew in UTF-8, or correct the charset that it names"));
    }

    private static ItemException Refusal(string path, string? declared) => new(
        ErrorCodes.SourceEncoding,
        declared is null
            ? $"'{path}' names no charset and is not UTF-8"
            : $"'{path}' says that it is '{declared}', but its bytes cannot be read as that",
        $"convert it to UTF-8 and {(declared is null ? "name" : "correct")} its charset, or exclude it, which lets go of what is indexed of it");
}
