using System.Globalization;
using Shouldly;
using Tidemark.Indexing;
using Xunit;

namespace Tidemark.Core.Tests.Indexing;

public sealed class KeywordChoiceTests
{
    [Fact]
    public void A_common_word_is_left_out_where_there_is_a_rarer_one() =>
        ShouldChoose(["the:100", "operator:40", "knative:5"], all: "knative|operator", any: "knative|operator");

    [Fact]
    public void Common_words_are_asked_for_where_there_is_nothing_else() =>
        ShouldChoose(["the:100", "of:100"], all: "the|of", any: "the", isCommon: true);

    [Fact]
    public void Of_nothing_but_common_words_four_are_asked_for() =>
        ShouldChoose(["a:100", "b:100", "c:100", "d:100", "e:100"], all: "a|b|c|d", any: "a", isCommon: true);

    [Fact]
    public void A_word_that_stands_nowhere_leaves_the_others() =>
        ShouldChoose(["nowhere:0", "operator:40"], all: "", any: "operator");

    [Fact]
    public void The_second_step_takes_the_rarest_words_as_long_as_the_rows_stay_few() =>
        ShouldChoose(["a:60", "b:30", "c:20"], all: "c|b|a", any: "c|b");

    [Fact]
    public void Words_that_all_stand_nowhere_find_nothing() => ShouldChoose(["x:0", "y:0"], all: "", any: "", isCommon: true);

    [Fact]
    public void Only_of_common_words_fewer_chunks_are_ranked_than_there_are_and_the_fewer_the_more_words()
    {
        var rare = KeywordChoice.Of(["a", "b"], _ => 10, common: 100);
        (rare.MostWithAll, rare.MostWithAny).ShouldBe((null, null));
        var one = KeywordChoice.Of(["a"], _ => 100, common: 100);
        (one.MostWithAll, one.MostWithAny, one.IsOneStep).ShouldBe((30_000, 30_000, true));
        var three = KeywordChoice.Of(["a", "b", "c"], _ => 100, common: 100);
        (three.MostWithAll, three.MostWithAny, three.IsOneStep).ShouldBe((15_000, 30_000, false));
    }

    [Fact]
    public void The_second_step_takes_the_rarest_word_however_many_rows_and_fills_the_room_to_the_last() =>
        ShouldChoose(["a:60", "b:40", "c:1"], all: "c|b|a", any: "c|b");

    [Fact]
    public void One_word_is_asked_for_however_many_rows_it_has() =>
        ShouldChoose(["the:150"], all: "the", any: "the", isCommon: true);

    [Fact]
    public void Just_as_many_rows_as_there_is_room_for_are_taken() =>
        ShouldChoose(["a:60", "b:40"], all: "b|a", any: "b|a");

    /// <summary>A name is looked for whole where it stands anywhere, else by its parts; what is optional is never looked for.</summary>
    [Theory]
    [InlineData(5, "getuserbyid")]
    [InlineData(0, "get|user|by|id")]
    public void Parts_take_the_place_of_a_name_that_stands_nowhere(int count, string words)
    {
        var choice = KeywordChoice.Of(Tidemark.Wording.AskedWords.Of("getUserById Résumé"), word => word switch
        {
            "getuserbyid" => count,
            "resume" => 0,
            _ => 7,
        });

        choice.Words.Order().ShouldBe(words.Split('|').Order());
        choice.Missing.ShouldBe(["resume"]);
    }

    private static void ShouldChoose(string[] counted, string all, string any, bool isCommon = false)
    {
        var counts = counted.Select(c => c.Split(':')).ToDictionary(c => c[0], c => long.Parse(c[1], CultureInfo.InvariantCulture));

        var choice = KeywordChoice.Of([.. counts.Keys], term => counts[term], common: 100);

        string.Join('|', choice.All).ShouldBe(all);
        string.Join('|', choice.Any).ShouldBe(any);
        choice.IsCommon.ShouldBe(isCommon);
    }
}
