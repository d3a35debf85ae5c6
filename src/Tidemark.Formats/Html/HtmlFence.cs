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

        var fence = "```";
        while (content.Contains(fence, StringComparison.Ordinal))
        {
            fence += '`';
        }

        writer.Break(blankLine: true);
        writer.Line($"{fence}{LanguageOf(pre)}");
        foreach (var line in content.AsSpan().EnumerateLines())
        {
            writer.Line(line.TrimEnd());
        }

        writer.Line(fence);
        writer.Break(blankLine: true);
    }

    private static string LanguageOf(IElement pre)
    {
        var named = pre.ClassList.Concat(pre.FirstElementChild?.ClassList ?? Enumerable.Empty<string>())
            .FirstOrDefault(c => c.StartsWith(LanguageClass, StringComparison.Ordinal));
        return named?[LanguageClass.Length..] ?? "";
    }
}
