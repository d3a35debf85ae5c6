using Shouldly;
using Tidemark.Chunking.Structure;
using Xunit;

namespace Tidemark.Chunking;

public sealed class WordGapsTests
{
    [Fact]
    public void A_rank_is_the_same_whether_gaps_are_known_or_looked_through()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var text = Nasty(random);
            var gaps = new WordGaps();
            for (var at = 0; at < text.Length; at += random.Next(1, 40))
            {
                var from = Math.Max(0, at - (random.Next(4) == 0 ? random.Next(64) : 0));
                BoundaryHash.OfWords(text, from, gaps).ShouldBe(BoundaryHash.OfWords(text, from, new WordGaps()), $"{round}, {from}");
                SameAsSlowly(text, from);
            }
        }
    }

    /// <summary>Only what stands before the end of the rank's words counts: cutting the text off there changes nothing.</summary>
    private static void SameAsSlowly(string text, int from)
    {
        var count = 0;
        var end = from;
        while (end < text.Length && count < 16 && !(text[end] == '\n' && count >= 8))
        {
            count += WordGaps.IsSignificant(text[end++]) ? 1 : 0;
        }

        var words = new string([.. text[from..end].Where(WordGaps.IsSignificant)]);
        BoundaryHash.OfWords(text, from, new WordGaps()).ShouldBe(BoundaryHash.OfWords(words, 0, new WordGaps()));
    }

    private static string Nasty(Random random) => string.Concat(Enumerable.Range(0, 30).Select(_ => random.Next(5) switch
    {
        0 => new string('-', random.Next(200)),
        1 => new string('|', random.Next(80)) + "\n" + new string(' ', random.Next(90)),
        2 => "\n",
        3 => new string('é', random.Next(20)),
        _ => "word"[..random.Next(1, 5)],
    }));
}
