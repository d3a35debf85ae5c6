using System.Text.RegularExpressions;

namespace Tidemark.Formats;

/// <summary>Marks within a line: links, pictures and references are what they say.</summary>
internal static partial class AsciiDocInline
{
    private const int LongestLine = 20_000;

    public static string TextOf(ReadOnlySpan<char> line)
    {
        var text = line.ToString();
        return text.Length > LongestLine ? text : TextOf(text);
    }

    private static string TextOf(string text)
    {
        if (text.Contains('[', StringComparison.Ordinal))
        {
            text = Anchor().Replace(text, "");
            text = Macro().Replace(text, match => match.Groups["said"].Value.Split(',')[0].Trim('"', '^', ' '));
        }

        return text.Contains("<<", StringComparison.Ordinal)
            ? Reference().Replace(text, match => match.Groups["said"].Success ? match.Groups["said"].Value : match.Groups["id"].Value)
            : text;
    }

    [GeneratedRegex(@"\[\[(?>[^\[\]]{1,200})\]\]|\[#[\w.-]{1,200}\](?=\S)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Anchor();

    /// <summary><c>link:a.html[text]</c>, <c>https://example.org[text]</c>, <c>image::a.png[text]</c>, <c>kbd:[Ctrl]</c>.</summary>
    [GeneratedRegex(
        @"(?<![\w:/.])(?:(?:link|image|xref|mailto|icon|kbd|btn|menu|footnote|video|audio)::?(?>[^\s\[\]]{0,1000})|https?://(?>[^\s\[\]]{1,1000}))\[(?<said>(?>[^\[\]]{1,1000}))\]",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Macro();

    [GeneratedRegex("<<(?<id>(?>[^<>,]{1,200}))(?:,(?<said>(?>[^<>]{1,500})))?>>", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Reference();
}
