using AngleSharp.Dom;

namespace Tidemark.Formats;

/// <summary>What each kind of element means for the text around it.</summary>
internal sealed class HtmlBlocks(MarkupWriter writer, HtmlOptions options) : IHtmlVisitor
{
    private readonly HtmlLists _lists = new();

    public void Text(string text) => writer.Flow(text);

    public bool Enter(IElement element)
    {
        var name = element.LocalName;
        if (HtmlElements.IsDropped(name) || HtmlVisibility.IsHidden(element))
        {
            return false;
        }

        switch (name)
        {
            case "br":
                writer.Break(blankLine: false);
                return false;
            case "img":
                writer.Apart(element.GetAttribute("alt"));
                return false;
            case "math":
                writer.Apart(HtmlMath.TextOf(element));
                return false;
            case "ruby":
                HtmlRuby.Write(writer, element);
                return false;
            case "sup" when HtmlNotes.ReferenceOf(element) is { } reference:
                writer.Flow(reference);
                return false;
            case "pre":
                HtmlFence.Write(writer, element);
                return false;
            case "table" when HtmlTable.HoldsData(element):
                new HtmlTable(writer, options).Write(element);
                return false;
            case "td" when HtmlVisibility.IsLineNumber(element):
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
                _lists.Close();
                writer.Break(blankLine: _lists.Depth == 0);
                break;
            case "a" when options.LinkTargets && HtmlNotes.TargetOf(element) is { } target:
                writer.Space();
                writer.Flow(target);
                break;
            case var name when HtmlElements.IsApart(name):
                writer.Space();
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
                writer.Break(blankLine: _lists.Depth == 0);
                _lists.Open(element);
                break;
            case "li":
                writer.Break(blankLine: false);
                var marker = _lists.NextMarker(element);
                writer.Indent(new string(' ', marker.Length));
                writer.Mark(marker, replacesIndent: true);
                break;
            case "blockquote":
                writer.Break(blankLine: true);
                writer.Indent("> ");
                break;
            case var _ when HtmlElements.IsApart(name):
                writer.Space();
                break;
            case var _ when HtmlElements.IsLine(name):
                writer.Break(blankLine: false);
                break;
            case var _ when HtmlElements.IsBlock(name):
                writer.Break(blankLine: true);
                break;
        }
    }
}
