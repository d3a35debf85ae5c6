using Shouldly;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class MoveRuleTests
{
    [Fact]
    public void Each_new_document_is_the_successor_of_one_at_most()
    {
        var moved = MoveRule.Pair([Gone(1, "a"), Gone(2, "a"), Gone(3, "a")], Arrived(("a", 2)));

        moved.Select(key => key.Value).ShouldBe([1, 2]);
    }

    [Fact]
    public void What_has_no_successor_has_not_moved() =>
        MoveRule.Pair([Gone(1, "a"), Gone(2, "b")], Arrived(("b", 1), ("c", 3))).Select(key => key.Value).ShouldBe([2]);

    [Fact]
    public void Nothing_moves_where_nothing_came() => MoveRule.Pair([Gone(1, "a")], Arrived()).ShouldBeEmpty();

    private static GoneDocument Gone(long key, string text) => new(
        new LiveDocument(new DocumentKey(key), default, 1, 1, ContentHash.Of(text)), Tombstone: null, Replaced: false);

    private static Dictionary<ContentHash, int> Arrived(params (string Text, int Count)[] texts) =>
        texts.ToDictionary(text => ContentHash.Of(text.Text), text => text.Count);
}
