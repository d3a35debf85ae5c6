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
    [InlineData("english", "car cars")]
    [InlineData("english", "fly flies")]
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
    [InlineData("x0s")]
    [InlineData("x9s")]
    [InlineData("gas")]
    [InlineData("crwths")]
    [InlineData("侦听器")]
    public void What_has_no_ending_or_would_say_nothing_without_it_stays(string word) =>
        Of(word, "english").Select(one => one.TrimEnd('*')).Distinct().ShouldBe(Of(word, null));

    /// <summary>Letters are counted, not their bytes, and any letter beyond ASCII may be a vowel.</summary>
    [Theory]
    [InlineData("дома", "дом*")]
    [InlineData("ума", "ума*")]
    [InlineData("нфлы", "нфл*")]
    public void Of_a_short_word_nothing_is_taken(string word, string stem) => Of(word, "russian")[0].ShouldBe(stem);

    [Fact]
    public void A_word_has_a_stem_as_long_as_there_is_room_for_its_mark()
    {
        var (english, longest) = (Stemmer.Of("english")!, new string('a', WordAnalysis.LongestWord - 2) + "s");

        Of(longest, "english").ShouldBe([$"{longest[..^1]}*", longest]);
        Of($"a{longest}", "english").ShouldBe([$"a{longest}"]);
        english.StemOf(longest).ShouldBe($"{longest[..^1]}\u0002");
        english.StemOf($"a{longest}").ShouldBe($"a{longest}");
        english.StemOf("v2").ShouldBe("v2");
    }

    [Fact]
    public void The_whole_word_stands_beside_its_stem_and_its_accents_beside_it()
    {
        Of("running", "english").ShouldBe(["run*", "running"]);
        Of("run", "english").ShouldBe(["run*", "run"]);
        Of("Häfen", "german").ShouldBe(["haf*", "hafen", "ha\u0308fen"]);
        Of("file-watchers", "english").ShouldBe(["fil*", "file", "watcher*", "watchers", "file-watchers"]);
        Of("getUsers", "english").ShouldBe(["getusers", "getuser*", "get*", "get", "user*", "users"]);
    }

    [Fact]
    public void The_stem_of_a_query_has_to_be_found_and_its_form_only_counts()
    {
        var asked = AskedWords.Of("running boats", Stemmer.Of("english"));
        asked.Words.Where(word => !word.IsOptional).Select(word => word.Text).ShouldBe(["run\u0002", "boat\u0002"]);
        asked.Words.Where(word => word.IsOptional).Select(word => word.Text).ShouldBe(["running", "boats"], ignoreOrder: true);
    }

    [Fact]
    public void A_name_in_a_query_is_looked_for_as_it_stands_and_its_parts_by_their_stems()
    {
        var asked = AskedWords.Of("getUsers", Stemmer.Of("english"));
        asked.Words.Where(word => word is { IsOptional: false, Whole: null }).Select(word => word.Text).ShouldBe(["getusers"]);
        asked.Words.Where(word => word.Whole == "getusers").Select(word => word.Text).ShouldBe(["get\u0002", "user\u0002"]);
    }

    [Fact]
    public void A_word_none_of_whose_forms_stands_anywhere_is_looked_for_among_words()
    {
        var asked = AskedWords.Of("cachign boats", Stemmer.Of("english"));
        string[] index = ["cach\u0002", "caching", "cached", "boat\u0002", "boat"];
        long Count(string word) => index.Contains(word) ? 1 : 0;
        var near = NearWords.Of(asked, Count);
        near.Words.ShouldBe(["cachign"], "boats stands nowhere, but boat does");
        foreach (var word in index)
        {
            near.Offer(Encoding.UTF8.GetBytes(word));
        }

        var corrections = near.Choose(Count);
        corrections.ShouldHaveSingleItem().Found.ShouldBe("caching");
        var corrected = asked.With(corrections).Words;
        corrected.Where(word => !word.IsOptional).Select(word => word.Text).ShouldBe(["cach\u0002", "boat\u0002"]);
        corrected.Where(word => word.IsOptional).Select(word => word.Text).ShouldBe(["caching", "boats"]);
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
                var stem = new byte[WordAnalysis.LongestWord];
                Stemmer.Of(language)!.TryStem(Encoding.UTF8.GetBytes(word), stem, out var length).ShouldBeTrue();
                length.ShouldBeInRange(2, Encoding.UTF8.GetByteCount(word) + 1);
                new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(stem, 0, length).ShouldEndWith("\u0002");
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

        public void Add(ReadOnlySpan<byte> word, WordKind kind) => words.Add(Encoding.UTF8.GetString(word).Replace('\u0002', '*'));
    }
}
