using System.Globalization;

namespace Tidemark.Chunking;

/// <summary>Words, sentences and paragraphs that look like language: few words are common, most are rare.</summary>
internal sealed class ProseGenerator(Random random)
{
    private static readonly string[] Onsets = "b c d f g h j k l m n p r s t v w st tr pl gr sh ch br cl".Split(' ');
    private static readonly string[] Vowels = "a e i o u ai ea ou io".Split(' ');
    private static readonly string[] Codas = ["", "", "", "n", "r", "s", "t", "l", "m", "nd", "st", "ng"];
    private static readonly string[] Words = Vocabulary();

    public string Word() => Words[Math.Min(Rank(), Math.Min(Rank(), Rank()))];

    public string Title() => string.Join(' ', Enumerable.Range(0, random.Next(2, 6)).Select(_ => Capital(Word())));

    public string Sentence()
    {
        var words = Enumerable.Range(0, random.Next(5, 25)).Select(_ => Word());
        return Capital(string.Join(' ', words)) + (random.Next(14) == 0 ? "?" : ".");
    }

    /// <summary>Sentences that together reach a length between the two.</summary>
    public List<string> Paragraph(int least, int most)
    {
        var target = random.Next(least, most + 1);
        var sentences = new List<string>();
        for (var length = 0; length < target; length += sentences[^1].Length + 1)
        {
            sentences.Add(Sentence());
        }

        return sentences;
    }

    private int Rank() => random.Next(Words.Length);

    private static string Capital(string text) => char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];

    private static string[] Vocabulary()
    {
        var random = new Random(12345);
        const string common = "the of and to in a is that it for as with be by on not are this from or";
        var words = new HashSet<string>(common.Split(' '), StringComparer.Ordinal);
        while (words.Count < 8000)
        {
            words.Add(string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Syllable(random))));
        }

        return [.. words];
    }

    private static string Syllable(Random random) =>
        Onsets[random.Next(Onsets.Length)] + Vowels[random.Next(Vowels.Length)] + Codas[random.Next(Codas.Length)];
}
