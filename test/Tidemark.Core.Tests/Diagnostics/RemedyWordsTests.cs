using System.Text;
using Shouldly;
using Tidemark.Agents;
using Tidemark.Wire;
using Xunit;

namespace Tidemark.Tests.Diagnostics;

/// <summary>A shell says in its own words what the library tells people to do.</summary>
public sealed class RemedyWordsTests
{
    private static readonly RemedyWords Loud = new(RemedyKeys.All.Select(key => KeyValuePair.Create(key, $"<{key.Split('.', '(')[0]} {{0}}>")));

    [Theory]
    [InlineData("run 'VerifyAsync(Repair)': it is embedded again", "run '<VerifyAsync >': it is embedded again")]
    [InlineData("'HistoryAsync(\"docs/a.md\")' lists it", "'<HistoryAsync docs/a.md>' lists it")]
    [InlineData("sync with DeletionGuard.Off.", "sync with <DeletionGuard >.")]
    [InlineData("release it: ReleaseHoldAsync(Source: \"a (b)\"), now", "release it: <ReleaseHoldAsync a (b)>, now")]
    [InlineData("UseSqlite(\"x.db\") or UseSqlite()", "<UseSqlite x.db> or <UseSqlite >")]
    public void A_key_becomes_the_shells_words_with_what_it_names(string said, string told) => Loud.Of(said).ShouldBe(told);

    [Theory]
    [InlineData("VerifyAsync(Twice) is no key, and 'VerifyAsync' alone is none")]
    [InlineData("a folder a/VerifyAsync(Repair) or a.DeletionGuard.Off is a name")]
    [InlineData("DeletionGuard.Offer, SyncOptions.Waiting and Runs")]
    [InlineData("did you mean 'docs/a'?")]
    public void Anything_else_stays_as_it_is(string said) => Loud.Of(said).ShouldBe(said);

    /// <summary>Messages name what came from outside; whatever that is, telling it takes no longer than reading it.</summary>
    [Theory]
    [InlineData("A(\"")]
    [InlineData("A(")]
    [InlineData("Aa.")]
    [InlineData("A(\"\"")]
    public void A_long_text_is_told_at_once_whatever_stands_in_it(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 100_000));
        Loud.Of(text).ShouldBe(text);
    }

    [Fact]
    public void A_table_without_words_for_a_key_is_refused() =>
        Should.Throw<ArgumentException>(() => new RemedyWords(RemedyKeys.All.Skip(1).Select(key => KeyValuePair.Create(key, "x"))));

    [Fact]
    public void A_table_with_words_for_what_is_no_key_is_refused() =>
        Should.Throw<ArgumentException>(() => new RemedyWords(RemedyKeys.All.Append("Nothing()").Select(key => KeyValuePair.Create(key, "x"))));

    [Fact]
    public void Agents_have_words_for_every_key_and_know_what_is_not_theirs()
    {
        RemedyKeys.All.Where(key => RemedyWords.KeysIn(AgentWords.Of(key)).Any()).ShouldBeEmpty();
        AgentWords.Of("ask with SearchMode.Keyword").ShouldBe("ask with mode 'keyword'");
        AgentWords.Of("run 'VerifyAsync(Repair)'").ShouldBe("run 'a verification that repairs' (that is for whoever runs this index)");
    }

    [Theory]
    [InlineData("""{"error":{"code":"x","message":"see RunsAsync()","remedy":"run 'SyncAsync()'"}}""", """{"error":{"code":"x","message":"see <RunsAsync >","remedy":"run '<SyncAsync >'"}}""")]
    [InlineData("""{"notes":["RunsAsync()","y"],"after":"RunsAsync()"}""", """{"notes":["<RunsAsync >","y"],"after":"RunsAsync()"}""")]
    [InlineData("""{"metadata":{"remedy":"RunsAsync()"},"remedy":null,"x":["RunsAsync()"]}""", """{"metadata":{"remedy":"RunsAsync()"},"remedy":null,"x":["RunsAsync()"]}""")]
    [InlineData("""{"remedy":"RunsAsync()","n":1.50}""", """{"remedy":"<RunsAsync >","n":1.50}""")]
    public void In_JSON_remedies_messages_and_notes_are_told_and_all_else_is_copied(string written, string told) =>
        Encoding.UTF8.GetString(RemedyJson.In(Encoding.UTF8.GetBytes(written), Loud.Of).Span).ShouldBe(told);
}
