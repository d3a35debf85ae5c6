using System.Buffers;
using AngleSharp.Dom;

namespace Tidemark.Formats;

/// <summary>What a page holds and its readers do not see, or see as no part of the text.</summary>
internal static class HtmlVisibility
{
    /// <summary>Classes of the marks behind headings, as the generators of documentation name them.</summary>
    private static readonly HashSet<string> AnchorClasses = new(StringComparer.OrdinalIgnoreCase)
    {
        "anchor", "anchorjs-link", "anchor-link", "hash-link", "header-anchor", "headeranchor", "headerlink", "heading-anchor",
        "permalink", "td-heading-self-link",
    };

    private static readonly HashSet<string> LineNumberClasses = new(StringComparer.OrdinalIgnoreCase)
    {
        "gutter", "lineno", "linenos", "linenodiv", "linenumber", "linenumbers", "line-number", "line-numbers", "lnt", "ln",
    };

    private static readonly SearchValues<char> Numbers = SearchValues.Create("0123456789 \t\r\n\u00a0.:");

    public static bool IsHidden(IElement element) =>
        (element.GetAttribute("hidden") is { } hidden && !hidden.Equals("until-found", StringComparison.OrdinalIgnoreCase))
        || "true".Equals(element.GetAttribute("aria-hidden"), StringComparison.OrdinalIgnoreCase)
        || "navigation".Equals(element.GetAttribute("role")?.Trim(), StringComparison.OrdinalIgnoreCase)
        || (element.LocalName == "dialog" && !element.HasAttribute("open"))
        || (element.GetAttribute("style") is { } style && IsHiddenBy(style))
        || (element.LocalName == "a" && IsMarkOfHeading(element));

    /// <summary>Numbers beside lines of code.</summary>
    public static bool IsLineNumber(IElement element) =>
        element.LocalName is "span" or "td" or "a" or "div" or "code"
        && HasClass(element, LineNumberClasses)
        && !element.TextContent.AsSpan().ContainsAnyExcept(Numbers);

    public static string[] ClassesOf(IElement? element) =>
        (element?.GetAttribute("class") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool IsHiddenBy(string style)
    {
        foreach (var range in style.AsSpan().Split(';'))
        {
            var declaration = style.AsSpan(range);
            var colon = declaration.IndexOf(':');
            if (colon > 0)
            {
                var name = declaration[..colon].Trim();
                var value = declaration[(colon + 1)..].Trim();
                if ((IsSame(name, "display") && IsWord(value, "none")) || (IsSame(name, "visibility") && IsWord(value, "hidden")))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>A link to where it stands, which has no word in it, or stands beside the words of a heading or a term.</summary>
    private static bool IsMarkOfHeading(IElement link) =>
        link.GetAttribute("href")?.Contains('#', StringComparison.Ordinal) == true
        && Heading(link) is { } heading
        && (!HasWord(link.TextContent)
            ? HasWord(heading.TextContent)
            : HasClass(link, AnchorClasses) && link.TextContent.Trim().Length < heading.TextContent.Trim().Length);

    private static IElement? Heading(IElement element)
    {
        var outer = element.ParentElement;
        for (var i = 0; i < 3 && outer is not null; i++)
        {
            if (HtmlElements.IsHeading(outer.LocalName) || outer.LocalName is "dt")
            {
                return outer;
            }

            outer = outer.ParentElement;
        }

        return null;
    }

    private static bool HasWord(string text)
    {
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c))
            {
                return !text.AsSpan().Trim().SequenceEqual("🔗");
            }
        }

        return false;
    }

    private static bool HasClass(IElement element, HashSet<string> names) =>
        element.HasAttribute("class") && Array.Exists(ClassesOf(element), names.Contains);

    private static bool IsSame(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static bool IsWord(ReadOnlySpan<char> value, string word) =>
        value.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        && (value.Length == word.Length || !(char.IsLetterOrDigit(value[word.Length]) || value[word.Length] == '-'));
}
