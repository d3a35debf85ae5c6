using AngleSharp.Dom;

namespace Tidemark.Formats;

/// <summary>What a link adds to the text that it stands in.</summary>
internal static class HtmlNotes
{
    /// <summary>The mark of a note, kept from the word that it stands at; null: it is none, but an exponent perhaps.</summary>
    public static string? ReferenceOf(IElement sup)
    {
        var text = sup.TextContent.Trim();
        var isMark = text.Length is > 0 and <= 8
            && sup.QuerySelector("a[href]")?.GetAttribute("href")?.Contains('#', StringComparison.Ordinal) == true;
        return !isMark ? null : text.StartsWith('[') ? text : $"[{text}]";
    }

    /// <summary>Where a link leads; null: nowhere else.</summary>
    public static string? TargetOf(IElement link)
    {
        var target = link.GetAttribute("href")?.Trim();
        return string.IsNullOrEmpty(target)
            || target[0] == '#'
            || target.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)
            || target.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            || target.Equals(link.TextContent.Trim(), StringComparison.Ordinal)
            ? null
            : $"<{target}>";
    }
}
