namespace Tidemark.Formats;

/// <summary>Kinds of elements by name.</summary>
internal static class HtmlElements
{
    /// <summary>No reading matter.</summary>
    public static bool IsDropped(string name) => name is
        "script" or "style" or "template" or "noscript" or "nav" or "head" or "svg" or "math" or "iframe" or "object"
        or "embed" or "canvas" or "audio" or "video" or "map" or "select" or "datalist" or "textarea" or "dialog";

    /// <summary>Begins and ends a line, without a blank one.</summary>
    public static bool IsLine(string name) => name is "dt" or "dd" or "tr" or "td" or "th" or "caption" or "option" or "legend";

    /// <summary>Stands between blank lines.</summary>
    public static bool IsBlock(string name) => name is
        "p" or "div" or "section" or "article" or "main" or "header" or "footer" or "aside" or "figure" or "figcaption"
        or "address" or "details" or "summary" or "form" or "fieldset" or "dl" or "hr" or "table" or "thead" or "tbody"
        or "tfoot" or "hgroup" or "center" or "menu" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6";
}
