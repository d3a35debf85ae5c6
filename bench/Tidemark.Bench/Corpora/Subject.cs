namespace Tidemark.Bench.Corpora;

/// <summary>
/// What a text is about: some words of the vocabulary, of which it uses far more than others do. Texts of one subject are near each
/// other, as texts of people are.
/// </summary>
internal sealed class Subject
{
    public const int Count = 300;
    private const int Words = 150;
    private const double Share = 0.5;

    private readonly string[] _words = new string[Words];

    public Subject(int number)
    {
        var random = new Generator((ulong)number + 77_000_001);
        for (var i = 0; i < Words; i++)
        {
            _words[i] = Vocabulary.AnyWord(random);
        }
    }

    /// <summary>Half of the words are its own, the first ones of those more often than the others.</summary>
    public string Word(Generator random) => random.Fraction() < Share
        ? _words[(int)(Words * Math.Pow(random.Fraction(), 2))]
        : Vocabulary.Word(random);
}
