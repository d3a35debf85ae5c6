using Shouldly;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Tests.Syncing.Decisions;

namespace Tidemark.Tests.Syncing;

public sealed class SecondLooksTests
{
    private readonly SecondLooks _looks = new();

    [Fact]
    public void Of_one_id_the_highest_version_is_kept_else_the_last()
    {
        Add("a", 2, "two").ShouldBeTrue();
        Add("a", 1, "one").ShouldBeTrue();
        Add("b", null, "first").ShouldBeTrue();
        Add("b", null, "last").ShouldBeTrue();

        _looks.Count.ShouldBe(2);
        Texts().ShouldBe(["two", "last"]);
        (_looks.Count, _looks.TakeAll().Count).ShouldBe((0, 0));
    }

    [Fact]
    public void What_contradicts_the_one_that_is_put_off_is_told()
    {
        Add("a", 1, "one").ShouldBeTrue();

        Add("a", 1, "other").ShouldBeFalse();

        Texts().ShouldBe(["one"]);
    }

    [Fact]
    public void A_document_is_counted_as_the_first_of_its_items_was()
    {
        _looks.Add(Of(Upsert("a", "one", 1)), counted: true);
        _looks.Add(Of(Upsert("a", "two", 2)), counted: false);
        _looks.Add(Of(Upsert("b", "one", 1)), counted: false);
        _looks.Add(Of(Upsert("b", "two", 2)), counted: true);

        _looks.TakeAll().Select(look => look.Counted).ShouldBe([true, false]);
    }

    [Fact]
    public void An_unchanged_item_behind_it_wins_unless_it_is_older()
    {
        _looks.Add(Of(Upsert("a", "one"), key: 1), counted: false);
        _looks.Add(Of(Upsert("b", "one"), key: 2) with { IsNewer = true }, counted: false);
        _looks.Add(Of(Upsert("new", "one")), counted: false);

        _looks.YieldTo(new DocumentKey(1)).ShouldBeTrue();
        _looks.YieldTo(new DocumentKey(1)).ShouldBeFalse("it is gone");
        _looks.YieldTo(new DocumentKey(2)).ShouldBeFalse("it is newer than what is unchanged");
        _looks.YieldTo(new DocumentKey(3)).ShouldBeFalse();
        _looks.YieldTo(default).ShouldBeFalse("what is new has no key");

        Ids().ShouldBe(["b", "new"]);
        _looks.YieldTo(new DocumentKey(2)).ShouldBeFalse();
    }

    [Fact]
    public void It_is_large_by_what_it_holds_and_not_by_what_it_has_let_go()
    {
        var half = new string('x', 4 * 1024 * 1024);

        for (var i = 0; i < 5; i++)
        {
            Add("a", i, half);
        }

        _looks.IsLarge.ShouldBeFalse("one of them is held");
        _looks.Add(Of(Upsert("b", half), key: 1), counted: false);
        _looks.IsLarge.ShouldBeTrue();
        _looks.YieldTo(new DocumentKey(1));
        _looks.IsLarge.ShouldBeFalse();
        Add("b", 1, half);
        _looks.IsLarge.ShouldBeTrue();
        _looks.TakeAll();
        _looks.IsLarge.ShouldBeFalse();
    }

    [Fact]
    public void Many_that_bring_no_text_are_large_too()
    {
        for (var i = 0; i < 32 * 1024; i++)
        {
            _looks.Add(Of(Delete($"{i}")), counted: false);
        }

        _looks.IsLarge.ShouldBeFalse();
        _looks.Add(Of(Delete("last")), counted: false);
        _looks.IsLarge.ShouldBeTrue();
    }

    private bool Add(string id, long? version, string text) => _looks.Add(Of(Upsert(id, text, version)), counted: false);

    private IEnumerable<string> Texts() =>
        _looks.TakeAll().Select(look => ((Tidemark.Documents.DocumentChange.Upsert)look.Decision.Change).Document.Text);

    private IEnumerable<string> Ids() => _looks.TakeAll().Select(look => look.Decision.Id);
}
