using System.Text;
using Shouldly;
using Tidemark.Wording;
using Xunit;

namespace Tidemark.Tests.Wording;

public sealed class EditDistanceTests
{
    /// <summary>Letters of one, two, three and four bytes, some of which share their last six bits.</summary>
    private static readonly string[] Letters = ["a", "b", "!", "é", "б", "猫", "😀"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Short_cuts_change_nothing(int most)
    {
        var random = new Random(most);
        for (var round = 0; round < 4_000; round++)
        {
            var word = Some(random, random.Next(1, 8));
            var other = random.Next(4) == 0 ? Some(random, random.Next(8)) : Edited(Edited(word, random), random);

            new EditDistance(word, most).To(Encoding.UTF8.GetBytes(other)).ShouldBe(Math.Min(most + 1, Slowly(word, other)), $"{word}, {other}");
        }
    }

    [Fact]
    public void One_is_compared_with_word_after_word()
    {
        var distance = new EditDistance("lighthouse", 2);

        string[] words = ["lighthouses", "boat", "lihgthuose", "lighthouse", "lighthousesses", "lighthous", ""];
        words.Select(word => distance.To(Encoding.UTF8.GetBytes(word))).ShouldBe([1, 3, 2, 0, 3, 1, 3]);
    }

    private static string Some(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => Letters[random.Next(Letters.Length)]));

    private static string Edited(string word, Random random)
    {
        var runes = word.EnumerateRunes().Select(rune => rune.ToString()).ToList();
        var at = random.Next(runes.Count + 1);
        switch (random.Next(4))
        {
            case 0:
                runes.Insert(at, Letters[random.Next(Letters.Length)]);
                break;
            case 1 when at < runes.Count:
                runes.RemoveAt(at);
                break;
            case 2 when at < runes.Count:
                runes[at] = Letters[random.Next(Letters.Length)];
                break;
            case 3 when at + 1 < runes.Count:
                runes.Reverse(at, 2);
                break;
        }

        return string.Concat(runes);
    }

    /// <summary>The definition: the last letters are kept, or the cheapest edit is made there.</summary>
    private static int Slowly(string word, string other) => Slowly([.. word.EnumerateRunes()], [.. other.EnumerateRunes()]);

    private static int Slowly(Rune[] word, Rune[] other)
    {
        var table = new int[word.Length + 1, other.Length + 1];
        for (var i = 0; i <= word.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                int[] edits =
                [
                    i == 0 && j == 0 ? 0 : 99,
                    i > 0 ? table[i - 1, j] + 1 : 99,
                    j > 0 ? table[i, j - 1] + 1 : 99,
                    i > 0 && j > 0 ? table[i - 1, j - 1] + (word[i - 1] == other[j - 1] ? 0 : 1) : 99,
                    i > 1 && j > 1 && word[i - 1] == other[j - 2] && word[i - 2] == other[j - 1] ? table[i - 2, j - 2] + 1 : 99,
                ];
                table[i, j] = edits.Min();
            }
        }

        return table[word.Length, other.Length];
    }
}
