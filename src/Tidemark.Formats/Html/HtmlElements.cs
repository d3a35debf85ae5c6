namespace Tidemark.Formats;

/// <summary>Kinds of elements by name.</summary>
internal static class HtmlElements
{
    /// <summary>No reading matter.</summary>
    public static bool IsDropped(string name) => name is
        "script" or "style" or "template" or "noscript" or "nav" or "head" or "svg" or "iframe" or "object"
        or "embed" or "canvas" or "audio" or "video" or "map" or "select" or "datalist" or "textarea" or "rp";

    /// <summary>Begins and ends a line, without a blank one.</summary>
    public static bool IsLine(string name) => name is "dt" or "dd" or "tr" or "td" or "th" or "caption" or "option" or "legend";

    /// <summary>Stands between blank lines.</summary>
    public static bool IsBlock(string name) => name is
        "p" or "div" or "section" or "article" or "main" or "header" or "footer" or "aside" or "figure" or "figcaption"
        or "address" or "details" or "summary" or "dialog" or "form" or "fieldset" or "dl" or "hr" or "table" or "thead" or "tbody"
        or "tfoot" or "hgroup" or "center" or "menu" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6";

    /// <summary>Stands in a line, but is no part of the word beside it.</summary>
    public static bool IsApart(string name) => name is "button" or "label" or "output";

    public static bool IsHeading(string name) => name is ['h', >= '1' and <= '6'];

    /// <summary>Has neither content nor an end tag.</summary>
    public static bool IsVoid(ReadOnlySpan<char> name) => name.Length <= 8 && name.ToString().ToLowerInvariant() is
        "area" or "base" or "br" or "col" or "embed" or "hr" or "img" or "input" or "link" or "meta" or "param" or "source" or "track"
        or "wbr" or "basefont" or "bgsound" or "frame" or "keygen";

    /// <summary>Has content that is no markup.</summary>
    public static bool IsRaw(ReadOnlySpan<char> name) => name.Length <= 9 && name.ToString().ToLowerInvariant() is
        "script" or "style" or "title" or "textarea" or "xmp" or "iframe" or "noembed" or "noframes" or "noscript";
}
