using Shouldly;
using Tidemark.Searching;
using Tidemark.Wording;
using Xunit;

namespace Tidemark.Tests.Searching;

public sealed class NearWordScanTests
{
    [Fact]
    public void Of_equally_near_words_the_one_of_most_chunks_is_meant()
    {
        var scan = Scan("keper");
        scan.Take("a keeper keeper keeper", "the keeper");
        scan.Take("the keyer");
        scan.Take("Keyer of the light");

        scan.Corrections().ShouldHaveSingleItem().ShouldBe(new WordCorrection("keper", "keyer"), "each chunk counts once, however often it says it");
    }

    [Fact]
    public void What_one_chunk_says_does_not_count_in_the_next()
    {
        var scan = Scan("keper");
        scan.Take("the keeper");
        scan.Take("the keyer");
        scan.Take("a keyer");

        scan.Corrections().ShouldHaveSingleItem().Found.ShouldBe("keyer");
    }

    [Fact]
    public void What_stands_above_a_chunk_is_looked_at_as_well()
    {
        var scan = Scan("keper");
        scan.Take("nothing of it", "The keeper");

        scan.Corrections().ShouldHaveSingleItem().Found.ShouldBe("keeper");
    }

    [Fact]
    public void What_is_far_off_is_not_meant()
    {
        var scan = Scan("keper");
        scan.Take("rope and light");

        scan.Corrections().ShouldBeEmpty();
    }

    private static NearWordScan Scan(string word) => new(NearWords.Of(AskedWords.Of(word), _ => 0), stemmer: null);
}
