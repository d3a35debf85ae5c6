using System.Text;
using AngleSharp.Dom;

namespace Tidemark.Formats;

/// <summary>Preformatted text as a fence.</summary>
internal sealed class HtmlFence : IHtmlVisitor
{
    private const string LanguageClass = "language-";

    private readonly StringBuilder _text = new();
    private bool _behindBlock;

    public static void Write(MarkupWriter writer, IElement pre)
    {
        var lines = new HtmlFence();
        new HtmlWalk(lines).Write(pre);
        Write(writer, lines._text.ToString(), LanguageOf(pre));
    }

    public static void Write(MarkupWriter writer, string text, string language)
    {
        var content = text.ReplaceLineEndings("\n").Trim('\n');
        if (string.IsNullOrWhiteSpace(content))
        {
            return;
        }

        var fence = new string('`', Math.Max(3, LongestRun(content) + 1));
        writer.Break(blankLine: true);
        writer.Line($"{fence}{language}");
        foreach (var line in content.AsSpan().EnumerateLines())
        {
            writer.Line(line.TrimEnd());
        }

        writer.Line(fence);
        writer.Break(blankLine: true);
    }

    public void Text(string text)
    {
        // What follows a block begins a line anyway.
        var rest = _behindBlock && text.StartsWith('\n') ? text.AsSpan(1) : text;
        _text.Append(rest);
        _behindBlock &= rest.IsEmpty && text.Length == 0;
    }

    public bool Enter(IElement element)
    {
        var name = element.LocalName;
        if (HtmlElements.IsDropped(name) || HtmlVisibility.IsHidden(element) || HtmlVisibility.IsLineNumber(element))
        {
            return false;
        }

        if (name == "br")
        {
            _text.Append('\n');
            return false;
        }

        if (IsLine(name))
        {
            BeginLine();
        }

        return true;
    }

    public void Leave(IElement element)
    {
        if (IsLine(element.LocalName))
        {
            BeginLine();
            _behindBlock = true;
        }
    }

    private static bool IsLine(string name) => name is "li" or "tr" || HtmlElements.IsBlock(name);

    private void BeginLine()
    {
        if (_text.Length > 0 && _text[^1] != '\n')
        {
            _text.Append('\n');
        }
    }

    /// <summary>Of backticks, so that the fence is longer than anything in it.</summary>
    public static int LongestRun(string content)
    {
        int longest = 0, run = 0;
        foreach (var c in content)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static string LanguageOf(IElement pre)
    {
        var named = HtmlVisibility.ClassesOf(pre).Concat(HtmlVisibility.ClassesOf(pre.FirstElementChild))
            .FirstOrDefault(c => c.StartsWith(LanguageClass, StringComparison.Ordinal));
        return named?[LanguageClass.Length..] ?? "";
    }
}
