using System.Globalization;
using AngleSharp.Dom;

namespace Tidemark.Formats;

/// <summary>The lists that are open, and what the next item of each begins with.</summary>
internal sealed class HtmlLists
{
    private readonly Stack<(int? Next, int Step)> _open = new();

    public int Depth => _open.Count;

    public void Open(IElement list)
    {
        var step = list.HasAttribute("reversed") ? -1 : 1;
        var first = Number(list.GetAttribute("start")) ?? (step > 0 ? 1 : list.Children.Count(item => item.LocalName == "li"));
        _open.Push((list.LocalName == "ol" ? first : null, step));
    }

    public void Close() => _open.Pop();

    public string NextMarker(IElement item)
    {
        if (!_open.TryPop(out var list))
        {
            return "- ";
        }

        var number = list.Next is null ? null : Number(item.GetAttribute("value")) ?? list.Next;
        _open.Push((number + list.Step, list.Step));
        return number is { } counted ? string.Create(CultureInfo.InvariantCulture, $"{counted}. ") : "- ";
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
