using System.Text;
using AngleSharp.Dom;

namespace Tidemark.Formats;

/// <summary>Words with their readings: the words first, so that they are found, then all readings in parentheses.</summary>
internal sealed class HtmlRuby : IHtmlVisitor
{
    private readonly StringBuilder _words = new();
    private readonly StringBuilder _readings = new();
    private int _inReading;

    public static void Write(MarkupWriter writer, IElement ruby)
    {
        var read = new HtmlRuby();
        new HtmlWalk(read).Write(ruby);
        writer.Flow(read._words.ToString());
        var readings = read._readings.ToString().Trim();
        if (readings.Length > 0)
        {
            writer.Flow($"({readings})");
        }
    }

    public void Text(string text) => (_inReading > 0 ? _readings : _words).Append(text);

    public bool Enter(IElement element)
    {
        if (HtmlElements.IsDropped(element.LocalName) || HtmlVisibility.IsHidden(element))
        {
            return false;
        }

        if (IsReading(element))
        {
            // Japanese readings are one word; others, in letters, are one for each.
            _readings.Append(_readings.Length > 0 && _readings[^1] < '\u2E80' ? " " : "");
            _inReading++;
        }

        return true;
    }

    public void Leave(IElement element) => _inReading -= IsReading(element) ? 1 : 0;

    private static bool IsReading(IElement element) => element.LocalName is "rt" or "rtc";
}
