using System.Text;
using Shouldly;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Server;
using Xunit;

namespace Tidemark.Postgres.Tests.Indexing;

public sealed class TermCountsTests
{
    private readonly TermCounts _counts = new();

    [Fact]
    public void Words_are_counted_and_come_in_the_order_of_their_bytes() =>
        Read("b a b \ufb01 \ud835\udc00 abc ab b", room: 100).ShouldBe(["a 1", "ab 1", "abc 1", "b 3", "\ufb01 1", "\ud835\udc00 1"]);

    [Fact]
    public void Words_that_begin_alike_are_told_apart() =>
        Read("document3 document10 document1 document documents document10", room: 100)
            .ShouldBe(["document 1", "document1 1", "document10 2", "document3 1", "documents 1"]);

    [Fact]
    public void What_is_new_and_has_no_room_is_left_out()
    {
        Read("one two three one", room: 3).ShouldBe(["one 2", "two 1"]);
        _counts.Add("three"u8, room: 4).ShouldBe(-1);
        _counts.Add("two"u8, room: 0).ShouldBe(0);
    }

    [Fact]
    public void A_short_text_behind_a_long_one_knows_nothing_of_it()
    {
        var many = Enumerable.Range(0, 5_000).Select(i => $"w{i}").ToArray();
        Read(string.Join(' ', many.Concat(many)), room: 100)
            .ShouldBe(many.Order(StringComparer.Ordinal).Select(word => word + " 2"));
        Read("w1 other", room: 100).ShouldBe(["other 1", "w1 1"]);
    }

    private string[] Read(string text, int room)
    {
        _counts.Clear();
        foreach (var word in text.Split(' '))
        {
            _counts.Add(Encoding.UTF8.GetBytes(word), room);
        }

        _counts.Sort();
        return [.. Enumerable.Range(0, _counts.Count).Select(place => $"{Encoding.UTF8.GetString(_counts.Get(place, out var count))} {count}")];
    }
}
