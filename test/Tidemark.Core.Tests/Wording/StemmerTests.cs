using System.Text;
using Shouldly;
using Tidemark.Wording;
using Xunit;

namespace Tidemark.Tests.Wording;

public sealed class StemmerTests
{
    /// <summary>The forms of a word are one.</summary>
    [Theory]
    [InlineData("english", "harbour harbours")]
    [InlineData("english", "query queries")]
    [InlineData("english", "copy copies copied copying")]
    [InlineData("english", "cache caches cached caching")]
    [InlineData("english", "run runs running")]
    [InlineData("english", "process processes processed processing")]
    [InlineData("english", "index indexes indexed indexing")]
    [InlineData("english", "embed embeds embedded embedding embeddings")]
    [InlineData("english", "store stores stored storing")]
    [InlineData("english", "status statuses")]
    [InlineData("english", "cookie cookies")]
    [InlineData("german", "Hafen Häfen Hafens")]
    [InlineData("german", "Haus Häuser Hauses Häusern")]
    [InlineData("german", "Boot Boote Booten Bootes Boots")]
    [InlineData("french", "bateau bateaux")]
    [InlineData("french", "cheval chevaux")]
    [InlineData("french", "amarré amarrée amarrés amarrer")]
    [InlineData("spanish", "canción canciones")]
    [InlineData("spanish", "puerto puertos")]
    [InlineData("spanish", "luz luces")]
    [InlineData("italian", "barca barche")]
    [InlineData("italian", "porto porti")]
    [InlineData("portuguese", "navegação navegações")]
    [InlineData("portuguese", "canal canais")]
    [InlineData("swedish", "båt båten båtar båtarna")]
    [InlineData("danish", "båd både båden bådene")]
    [InlineData("norwegian", "båt båter båten båtene")]
    [InlineData("russian", "корабль корабля кораблю кораблем корабли кораблей кораблями")]
    [InlineData("russian", "новый новая новое новые нового новым новых")]
    public void Forms_of_one_word_have_one_stem(string language, string forms) =>
        forms.Split(' ').Select(form => Of(form, language)[0]).Distinct().ShouldHaveSingleItem();

    [Theory]
    [InlineData("string")]
    [InlineData("thing")]
    [InlineData("this")]
    [InlineData("bed")]
    [InlineData("ss")]
    [InlineData("v2s")]
    [InlineData("侦听器")]
    public void What_has_no_ending_or_would_say_nothing_without_it_stays(string word) =>
        Of(word, "english").ShouldBe(Of(word, null));

    [Fact]
    public void The_whole_word_stands_beside_its_stem_and_its_accents_beside_it()
    {
        Of("running", "english").ShouldBe(["run", "running"]);
        Of("Häfen", "german").ShouldBe(["haf", "hafen", "ha\u0308fen"]);
        Of("file-watchers", "english").ShouldBe(["fil", "file", "watcher", "watchers", "file-watchers"]);
    }

    [Fact]
    public void The_stem_of_a_query_has_to_be_found_and_its_form_only_counts()
    {
        var asked = AskedWords.Of("running boats", Stemmer.Of("english"));
        asked.Words.Where(word => !word.IsOptional).Select(word => word.Text).ShouldBe(["run", "boat"]);
        asked.Words.Where(word => word.IsOptional).Select(word => word.Text).ShouldBe(["running", "boats"], ignoreOrder: true);
    }

    [Fact]
    public void Whatever_the_word_is_its_stem_is_no_longer_and_is_text()
    {
        var random = new Random(11);
        const string Letters = "aeiousnrtgdhmeаеиояьюхмäßéñøж";
        foreach (var language in Stemmer.Languages)
        {
            for (var round = 0; round < 2_000; round++)
            {
                var word = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Letters[random.Next(Letters.Length)]));
                var bytes = Encoding.UTF8.GetBytes(word);
                var length = Stemmer.Of(language)!.Cut(bytes);
                length.ShouldBeInRange(1, bytes.Length);
                new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length).Length.ShouldBePositive();
            }
        }
    }

    [Fact]
    public void A_language_that_is_not_known_is_named_with_those_that_are()
    {
        Stemmer.Of(null).ShouldBeNull();
        var refused = Should.Throw<TidemarkException>(() => Stemmer.Of("klingon"));
        refused.Code.ShouldBe(ErrorCodes.ConfigurationInvalid);
        refused.Message.ShouldContain("'klingon'");
        refused.Remedy.ShouldNotBeNull().ShouldContain("english");
    }

    private static List<string> Of(string text, string? language)
    {
        var sink = new Sink([]);
        WordAnalysis.Read(Encoding.UTF8.GetBytes(text), Stemmer.Of(language), ref sink);
        return sink.Words;
    }

    private readonly struct Sink(List<string> words) : IWordSink
    {
        public List<string> Words => words;

        public void Add(ReadOnlySpan<byte> word, WordKind kind) => words.Add(Encoding.UTF8.GetString(word));
    }
}
