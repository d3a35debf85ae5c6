using System.Text;

namespace Tidemark.Bench.Corpora;

/// <summary>
/// 20,000 invented words whose frequencies fall as in natural text (Zipf), so that keyword search has common and rare
/// terms to deal with.
/// </summary>
internal static class Vocabulary
{
    private const int Size = 20_000;

    private static readonly string[] Onsets =
        ["b", "br", "c", "ch", "d", "dr", "f", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "v", "w"];

    private static readonly string[] Vowels = ["a", "e", "i", "o", "u", "ai", "ea", "oo", "ie"];

    private static readonly string[] Codas = ["", "n", "r", "s", "t", "l", "nd", "rk", "m", "st"];

    private static readonly string[] Words = Make();

    public static string Word(Generator random)
    {
        // Inverse of a Zipf distribution with exponent 1: rank = Size^u.
        var rank = (int)Math.Pow(Size, random.Fraction()) - 1;
        return Words[Math.Min(rank, Size - 1)];
    }

    public static void AppendSentence(StringBuilder text, Generator random)
    {
        var start = text.Length;
        var words = 8 + random.Below(14);
        for (var i = 0; i < words; i++)
        {
            text.Append(i == 0 ? "" : " ").Append(Word(random));
        }

        text[start] = char.ToUpperInvariant(text[start]);
        text.Append('.');
    }

    public static void AppendParagraph(StringBuilder text, Generator random, int characters)
    {
        var end = text.Length + characters;
        while (text.Length < end)
        {
            AppendSentence(text, random);
            text.Append(text.Length < end ? " " : "");
        }
    }

    private static string[] Make()
    {
        var random = new Generator(1);
        var words = new HashSet<string>(StringComparer.Ordinal);
        var word = new StringBuilder();
        while (words.Count < Size)
        {
            word.Clear();
            var syllables = words.Count < 60 ? 1 : 1 + random.Below(3);
            for (var i = 0; i < syllables; i++)
            {
                word.Append(Onsets[random.Below(Onsets.Length)]).Append(Vowels[random.Below(Vowels.Length)])
                    .Append(Codas[random.Below(Codas.Length)]);
            }

            words.Add(word.ToString());
        }

        return [.. words];
    }
}
