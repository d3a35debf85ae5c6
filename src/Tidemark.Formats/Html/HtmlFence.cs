using AngleSharp.Dom;

namespace Tidemark.Formats;

/// <summary>Preformatted text as a fence.</summary>
internal static class HtmlFence
{
    private const string LanguageClass = "language-";

    public static void Write(MarkupWriter writer, IElement pre)
    {
        var content = pre.TextContent.ReplaceLineEndings("\n").Trim('\n');
        if (string.IsNullOrWhiteSpace(content))
        {
            return;
        }

        var fence = new string('`', Math.Max(3, LongestRun(content) + 1));
        writer.Break(blankLine: true);
        writer.Line($"{fence}{LanguageOf(pre)}");
        foreach (var line in content.AsSpan().EnumerateLines())
        {
            writer.Line(line.TrimEnd());
        }

        writer.Line(fence);
        writer.Break(blankLine: true);
    }

    /// <summary>Of backticks, so that the fence is longer than anything in it.</summary>
    private static int LongestRun(string content)
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
        var named = ClassesOf(pre).Concat(ClassesOf(pre.FirstElementChild))
            .FirstOrDefault(c => c.StartsWith(LanguageClass, StringComparison.Ordinal));
        return named?[LanguageClass.Length..] ?? "";
    }

    /// <summary>The library's own list compares each name with all before it.</summary>
    private static string[] ClassesOf(IElement? element) =>
        (element?.GetAttribute("class") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
