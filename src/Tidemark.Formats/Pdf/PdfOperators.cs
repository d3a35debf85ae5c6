using System.Buffers;
using System.Text;

namespace Tidemark.Formats;

/// <summary>Looks through the operators of a page without carrying them out.</summary>
internal static class PdfOperators
{
    private const int LongestName = 200;

    private static readonly SearchValues<byte> Delimiters = SearchValues.Create(" \t\r\n/<>[]()"u8);

    /// <param name="operators">The content of a page or a form.</param>
    /// <param name="letters">Counts the bytes of the texts in it, each of which is a letter at most.</param>
    /// <returns>What it draws by name, and how often.</returns>
    public static Dictionary<string, long> Count(ReadOnlySpan<byte> operators, ref long letters)
    {
        var drawn = new Dictionary<string, long>(StringComparer.Ordinal);
        var name = default(ReadOnlySpan<byte>);
        for (var at = 0; at < operators.Length; at++)
        {
            switch (operators[at])
            {
                case (byte)'(':
                    var end = EndOfText(operators, at);
                    letters += end - at;
                    at = end;
                    break;
                case (byte)'<' when at + 1 < operators.Length && operators[at + 1] != '<':
                    var length = operators[at..].IndexOf((byte)'>');
                    length = length < 0 ? operators.Length - at : length;
                    letters += length / 2;
                    at += length;
                    break;
                case (byte)'/':
                    var behind = operators[(at + 1)..];
                    var stop = behind.IndexOfAny(Delimiters);
                    name = behind[..Math.Min(LongestName, stop < 0 ? behind.Length : stop)];
                    at += name.Length;
                    break;
                case (byte)'D' when at + 1 < operators.Length && operators[at + 1] == 'o' && !name.IsEmpty:
                    var key = Encoding.Latin1.GetString(name);
                    drawn[key] = drawn.GetValueOrDefault(key) + 1;
                    break;
            }
        }

        return drawn;
    }

    private static int EndOfText(ReadOnlySpan<byte> operators, int at)
    {
        for (var depth = 0; at < operators.Length; at++)
        {
            depth += operators[at] == '(' ? 1 : operators[at] == ')' ? -1 : 0;
            at += operators[at] == '\\' ? 1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        return operators.Length;
    }
}
