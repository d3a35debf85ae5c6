using System.Text;

namespace Tidemark.Formats;

/// <summary>Parts of a formula, put together in a line.</summary>
internal static class MathText
{
    /// <summary>In parentheses where it is more than one word, number or sign.</summary>
    public static string Group(string part)
    {
        var trimmed = part.Trim();
        return trimmed.Length <= 1 || IsOne(trimmed) || (trimmed[0] == '(' && trimmed.IndexOf(')') == trimmed.Length - 1)
            ? trimmed
            : $"({trimmed})";
    }

    /// <summary>A power; or, where it is a sign and no exponent, an accent.</summary>
    public static string Above(string part, string above) =>
        above.Trim() is [var sign] && !char.IsLetterOrDigit(sign) && sign is not ('*' or '+' or '−' or '-' or '′' or '∞' or '†')
            ? part + sign
            : $"{Group(part)}^{Group(above)}";

    /// <summary>Names of several letters do not run together.</summary>
    public static void Append(StringBuilder text, string part)
    {
        if (text.Length > 0 && part.Length > 0 && char.IsLetter(text[^1]) && char.IsLetterOrDigit(part[0])
            && ((text.Length > 1 && char.IsLetter(text[^2])) || (part.Length > 1 && char.IsLetter(part[1]))))
        {
            text.Append(' ');
        }

        text.Append(part);
    }

    private static bool IsOne(string text)
    {
        foreach (var c in text)
        {
            if (!(char.IsLetterOrDigit(c) || c is '.' or ','))
            {
                return false;
            }
        }

        return true;
    }
}
