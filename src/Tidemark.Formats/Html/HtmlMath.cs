using System.Text;
using AngleSharp.Dom;

namespace Tidemark.Formats;

/// <summary>A formula in a line: the TeX that it was made of where it is there, else fractions, powers and roots as people type them.</summary>
internal static class HtmlMath
{
    /// <summary>A formula that nests deeper is written without its structure.</summary>
    private const int Deepest = 40;

    public static string TextOf(IElement math)
    {
        var tex = math.QuerySelector("annotation[encoding*=tex i]")?.TextContent.Trim();
        var text = !string.IsNullOrEmpty(tex) ? tex : Of(math, 0);
        return text.Length > 0 ? text : math.GetAttribute("alttext") ?? "";
    }

    private static string Of(IElement element, int depth)
    {
        if (depth > Deepest)
        {
            return element.TextContent.Trim();
        }

        var parts = element.LocalName is "mi" or "mn" or "mo" or "mtext" or "ms"
            ? []
            : element.Children.Select(child => Of(child, depth + 1)).ToArray();
        return element.LocalName switch
        {
            "mi" or "mn" or "mtext" or "ms" => Collapsed(element.TextContent),
            "mo" => OperatorOf(Collapsed(element.TextContent)),
            "annotation" or "annotation-xml" or "mphantom" => "",
            "mspace" => " ",
            "semantics" => parts.FirstOrDefault() ?? "",
            "mfrac" when parts.Length == 2 => $"{MathText.Group(parts[0])}/{MathText.Group(parts[1])}",
            "msup" or "mover" when parts.Length == 2 => MathText.Above(parts[0], parts[1]),
            "msub" or "munder" when parts.Length == 2 => $"{parts[0]}_{MathText.Group(parts[1])}",
            "msubsup" or "munderover" when parts.Length == 3 =>
                $"{parts[0]}_{MathText.Group(parts[1])}^{MathText.Group(parts[2])}",
            "msqrt" => $"√{MathText.Group(Joined(parts))}",
            "mroot" when parts.Length == 2 => $"√[{parts[1]}]{MathText.Group(parts[0])}",
            "mfenced" => $"({string.Join(", ", parts)})",
            "mtable" => string.Join("; ", parts),
            "mtr" => string.Join(", ", parts),
            _ => Joined(parts),
        };
    }

    private static string Joined(string[] parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            MathText.Append(text, part);
        }

        return text.ToString().Trim();
    }

    private static string OperatorOf(string text) => text switch
    {
        "\u2061" or "\u2062" or "\u2063" or "\u2064" => "",
        "," or ";" => text + " ",
        ['=' or '+' or '-' or '−' or '×' or '·' or '⋅' or '÷' or '<' or '>' or '±' or (>= '\u2190' and <= '\u22FF' and not '∑' and not '∏' and not '∫' and not '∂' and not '∇' and not '√')] =>
            $" {text} ",
        _ => text,
    };

    private static string Collapsed(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
