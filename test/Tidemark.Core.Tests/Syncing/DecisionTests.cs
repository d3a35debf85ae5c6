using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Tests.Syncing.Decisions;

namespace Tidemark.Tests.Syncing;

public sealed class DecisionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_came_later_keeps_what_ordered_the_earlier_one()
    {
        var earlier = Of(Upsert("a", "one", 5));
        var put = Of(Upsert("a", "two", time: Noon)) with { Write = TestWrites.Put("a", new SourceKey(1), ["two"]) };
        var removal = Of(Delete("a", time: Noon)) with { Write = TestWrites.Remove("a", new SourceKey(1), default, DocumentState.Tombstoned) };
        var touch = put with { Write = TestWrites.Touch(new DocumentRecord { Glance = default, Id = "a", SourceId = "a" }, default) };

        put.After(earlier).Version.ShouldBe(new DocumentVersion(5, Noon));
        VersionWritten(put.After(earlier)).ShouldBe(new DocumentVersion(5, Noon));
        VersionWritten(removal.After(earlier)).ShouldBe(new DocumentVersion(5, Noon));
        VersionWritten(touch.After(earlier)).ShouldBe(new DocumentVersion(7, Noon), "it knew a higher one");
        (put with { Write = null }).After(earlier).Write.ShouldBeNull();
    }

    [Fact]
    public void Nothing_is_kept_of_what_was_outdated_nor_by_who_ignores_versions()
    {
        var earlier = Of(Upsert("a", "one", 5));
        var later = Of(Upsert("a", "two"));

        later.After(earlier).Version.ShouldBe(new DocumentVersion(5, null));
        later.After(earlier with { Verdict = Verdict.Outdated }).Version.ShouldBe(DocumentVersion.None);
        var ignoring = later with { IgnoresVersion = true };
        ignoring.After(earlier).Change.ShouldBe(later.Change);
        (Of(Upsert("a", "two", 6)) with { IgnoresVersion = true }).Version.ShouldBe(DocumentVersion.None);
    }

    [Fact]
    public void What_nothing_orders_is_held_in_reserve_and_what_comes_behind_it_holds_it_too()
    {
        var numbered = Of(Upsert("a", "one", 5));
        var dated = Of(Upsert("a", "two", time: Noon));

        dated.After(numbered).Otherwise.ShouldBe(numbered);
        Of(Upsert("a", "three", 6)).After(numbered).Otherwise.ShouldBeNull("the number orders them");
        Of(Upsert("a", "three", 6)).After(numbered with { Otherwise = dated }).Otherwise.ShouldBe(dated);
        Of(Upsert("a", "three", null)).After(numbered with { Verdict = Verdict.Outdated }).Otherwise.ShouldBeNull("it has no order at all");
    }

    [Theory]
    [InlineData(Verdict.Outdated, Verdict.Edited, false, true)]
    [InlineData(Verdict.Edited, Verdict.Edited, false, false)]
    [InlineData(Verdict.Outdated, Verdict.Outdated, false, false)]
    [InlineData(Verdict.Outdated, Verdict.Edited, true, false)]
    public void What_is_outdated_yields_to_what_is_not_where_nothing_orders_the_two(object later, object earlier, bool ordered, bool yields) =>
        Of(Upsert("a", "two", time: Noon), (Verdict)later)
            .YieldsTo(Of(Upsert("a", "one", 5, ordered ? Noon : null), (Verdict)earlier)).ShouldBe(yields);

    [Fact]
    public void That_an_id_stood_more_than_once_is_written_with_whatever_is()
    {
        var decision = Of(Upsert("a", "one"));
        var touch = TestWrites.Touch(new DocumentRecord { Glance = default, Id = "a", SourceId = "a" }, default) with { Repeats = false };

        Repeats(TestWrites.Put("a", new SourceKey(1), ["one"])).ShouldBe(true);
        Repeats(TestWrites.Remove("a", new SourceKey(1), default, DocumentState.Removed)).ShouldBe(true);
        Repeats(touch).ShouldBe(true);
        Repeats(null).ShouldBeNull();

        bool? Repeats(DocumentWrite? write) => (decision with { Write = write }).Repeated().Write switch
        {
            DocumentWrite.Put put => put.Repeats,
            DocumentWrite.Remove remove => remove.Repeats,
            DocumentWrite.Touch touched => touched.Repeats,
            _ => null,
        };
    }

    [Fact]
    public void Its_time_is_that_of_the_document_or_of_its_end()
    {
        (Of(Upsert("a", "one", 5, Noon)).Time, Of(Delete("a", 5, Noon)).Time).ShouldBe((Noon, Noon));
        (Of(Upsert("a", "one")).IsTombstone, Of(Delete("a")).IsTombstone).ShouldBe((false, true));
    }

    private static DocumentVersion? VersionWritten(Decision decision) => decision.Write switch
    {
        DocumentWrite.Put put => put.Document.Version,
        DocumentWrite.Remove remove => remove.Version,
        DocumentWrite.Touch touch => touch.Version,
        _ => null,
    };
}
