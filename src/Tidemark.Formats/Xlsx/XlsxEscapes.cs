using System.Globalization;
using System.Text;

namespace Tidemark.Formats;

/// <summary>Signs that texts of workbooks name by their number: <c>_x0041_</c> is an A (ECMA-376 part 1, 22.9.2.19, ST_Xstring). Pure.</summary>
internal static class XlsxEscapes
{
    private const string Mark = "_x";

    private const int Length = 7;

    /// <summary>Control characters among them say nothing; a half of a pair is left as it is written.</summary>
    public static string Undo(string text)
    {
        if (!text.Contains(Mark, StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (SignAt(text.AsSpan(i)) is { } sign)
            {
                plain.Append(char.IsControl(sign) && sign is not ('\t' or '\n' or '\r') ? ' ' : sign);
                i += Length - 1;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }

    private static char? SignAt(ReadOnlySpan<char> text) =>
        text.Length >= Length && text.StartsWith(Mark) && text[Length - 1] == '_'
        && ushort.TryParse(text[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
        && !char.IsSurrogate((char)number)
            ? (char)number
            : null;
}
