using System.Buffers;
using System.Text;

namespace Tidemark.Formats;

/// <summary>Looks through the operators of a page without carrying them out.</summary>
internal static class PdfOperators
{
    private const int LongestName = 200;

    /// <summary>Each is a copy of all that is set.</summary>
    private const int DeepestStates = 100_000;

    private static readonly SearchValues<byte> Delimiters = SearchValues.Create(" \t\r\n/<>[]()"u8);

    /// <param name="operators">The content of a page or a form.</param>
    /// <param name="drawn">What is in it, but for what it draws by name.</param>
    /// <returns>What it draws by name, and how often.</returns>
    /// <exception cref="PackageException">It keeps more states than anything that is to be seen.</exception>
    public static Dictionary<string, long> Count(ReadOnlySpan<byte> operators, out PdfDrawing drawn)
    {
        var (letters, count, kept) = (0L, 0L, 0);
        var names = new Dictionary<string, long>(StringComparer.Ordinal);
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
                    names[key] = names.GetValueOrDefault(key) + 1;
                    at = EndOfWord(operators, at);
                    count++;
                    break;
                case (byte)'I' when at + 2 < operators.Length && operators[at + 1] == 'D' && Delimiters.Contains(operators[at + 2]):
                    var image = operators[at..].IndexOf("EI"u8);
                    at = image < 0 ? operators.Length : at + image + 1;
                    count++;
                    break;
                case var sign when char.IsAsciiLetter((char)sign) || sign is (byte)'\'' or (byte)'"':
                    var word = at;
                    at = EndOfWord(operators, at);
                    kept += at > word ? 0 : sign == 'q' ? 1 : sign == 'Q' && kept > 0 ? -1 : 0;
                    count++;
                    if (kept > DeepestStates)
                    {
                        throw new PackageException($"a page of it keeps more than {DeepestStates} states");
                    }

                    break;
            }
        }

        drawn = new PdfDrawing(letters, operators.Length, count);
        return names;
    }

    /// <summary>The last byte of a word that begins there.</summary>
    private static int EndOfWord(ReadOnlySpan<byte> operators, int at)
    {
        while (at + 1 < operators.Length && !Delimiters.Contains(operators[at + 1]))
        {
            at++;
        }

        return at;
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
