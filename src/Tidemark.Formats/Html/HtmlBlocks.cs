using System.Globalization;
using AngleSharp.Dom;

namespace Tidemark.Formats;

/// <summary>What each kind of element means for the text around it.</summary>
internal sealed class HtmlBlocks(MarkupWriter writer)
{
    private readonly Stack<int?> _lists = new();

    /// <returns>Whether its children are to be written.</returns>
    public bool Enter(IElement element)
    {
        var name = element.LocalName;
        if (HtmlElements.IsDropped(name) || element.HasAttribute("hidden"))
        {
            return false;
        }

        switch (name)
        {
            case "br":
                writer.Break(blankLine: false);
                return false;
            case "img":
                writer.Flow(element.GetAttribute("alt"));
                return false;
            case "pre":
                HtmlFence.Write(writer, element);
                return false;
            case "table" when HtmlTable.HoldsData(element):
                HtmlTable.Write(writer, element);
                return false;
            default:
                Open(element, name);
                return true;
        }
    }

    public void Leave(IElement element)
    {
        switch (element.LocalName)
        {
            case "li" or "blockquote":
                writer.Outdent();
                writer.Break(blankLine: element.LocalName == "blockquote");
                break;
            case "ul" or "ol":
                _lists.Pop();
                writer.Break(blankLine: _lists.Count == 0);
                break;
            case var name when HtmlElements.IsLine(name):
                writer.Break(blankLine: false);
                break;
            case var name when HtmlElements.IsBlock(name):
                writer.Unmark();
                writer.Break(blankLine: true);
                break;
        }
    }

    private void Open(IElement element, string name)
    {
        switch (name)
        {
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                writer.Break(blankLine: true);
                writer.Mark($"{new string('#', name[1] - '0')} ", replacesIndent: false);
                break;
            case "ul" or "ol":
                writer.Break(blankLine: _lists.Count == 0);
                _lists.Push(name == "ul" ? null : StartOf(element));
                break;
            case "li":
                writer.Break(blankLine: false);
                var marker = NextMarker();
                writer.Indent(new string(' ', marker.Length));
                writer.Mark(marker, replacesIndent: true);
                break;
            case "blockquote":
                writer.Break(blankLine: true);
                writer.Indent("> ");
                break;
            case var _ when HtmlElements.IsLine(name):
                writer.Break(blankLine: false);
                break;
            case var _ when HtmlElements.IsBlock(name):
                writer.Break(blankLine: true);
                break;
        }
    }

    private string NextMarker()
    {
        if (!_lists.TryPop(out var number))
        {
            return "- ";
        }

        _lists.Push(number + 1);
        return number is { } counted ? string.Create(CultureInfo.InvariantCulture, $"{counted}. ") : "- ";
    }

    private static int StartOf(IElement list) =>
        int.TryParse(list.GetAttribute("start"), CultureInfo.InvariantCulture, out var start) ? start : 1;
}
