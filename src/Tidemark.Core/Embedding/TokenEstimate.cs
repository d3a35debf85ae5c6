using System.Text;

namespace Tidemark.Embedding;

/// <summary>About how many tokens a text has, for prices and packing only; no decision about content depends on it.</summary>
public static class TokenEstimate
{
    /// <summary>One token for four UTF-8 bytes, rounded up: the rule of thumb that providers give for English.</summary>
    public static long Of(ReadOnlySpan<char> text) => OfUtf8(Encoding.UTF8.GetByteCount(text));

    /// <summary>
    /// The same by the kind of characters, as OpenAI's cl100k counts documentation on average: Chinese has more tokens than bytes tell.
    /// ASCII is as in <see cref="Of"/>.
    /// </summary>
    public static long ByScript(ReadOnlySpan<char> text)
    {
        var hundredths = 0L;
        foreach (var c in text)
        {
            hundredths += c switch
            {
                < '\u0080' => 25,
                < '\u0250' => 60,
                (>= '\u0370' and < '\u0600') => 50,
                (>= '\u0600' and < '\u0780') => 75,
                (>= '\u0900' and < '\u0E80') => 115,
                (>= '\u3040' and < '\u3100') => 91,
                (>= '\u4E00' and < '\uA000') => 110,
                (>= '\uAC00' and < '\uD7A4') => 99,
                (>= '\uD800' and < '\uE000') => 125,
                _ => 80,
            };
        }

        return (hundredths + 99) / 100;
    }

    /// <param name="bytes">Length of the text in UTF-8.</param>
    public static long OfUtf8(int bytes) => (bytes + 3L) / 4;
}
