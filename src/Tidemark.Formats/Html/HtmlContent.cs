using AngleSharp.Dom;

namespace Tidemark.Formats;

/// <summary>Which elements of a page hold its text: what is around them stands on every page of a site.</summary>
internal static class HtmlContent
{
    public static IReadOnlyList<IElement> MainOf(IElement body)
    {
        var main = Outermost(body, "main, [role=main]");
        return main.Count > 0 ? main : Outermost(body, "article, [role=article]");
    }

    /// <summary>Those that lie in no other one, nor in something that is no part of the text.</summary>
    private static List<IElement> Outermost(IElement body, string selector)
    {
        var found = new List<IElement>();
        var taken = new HashSet<IElement>();
        foreach (var element in body.QuerySelectorAll(selector))
        {
            if (Lies(element, body, taken))
            {
                found.Add(element);
                taken.Add(element);
            }
        }

        return found;
    }

    private static bool Lies(IElement element, IElement body, HashSet<IElement> taken)
    {
        for (var outer = element; outer is not null && outer != body; outer = outer.ParentElement)
        {
            if (taken.Contains(outer)
                || HtmlElements.IsDropped(outer.LocalName)
                || HtmlVisibility.IsHidden(outer)
                || (outer != element && outer.LocalName is "aside" or "footer"))
            {
                return false;
            }
        }

        return true;
    }
}
