using Shouldly;
using Tidemark.Documents;
using Tidemark.Queueing;
using Xunit;

namespace Tidemark.Tests.Queueing;

public sealed class ChangeOrderTests
{
    private static readonly DateTimeOffset Noon = new(2024, 5, 17, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1L, 2L, ChangeVerdict.Outdated)]
    [InlineData(2L, 2L, ChangeVerdict.Supersedes)]
    [InlineData(3L, 2L, ChangeVerdict.Supersedes)]
    public void The_newer_of_two_versions_counts_and_of_equal_ones_the_later(long incoming, long known, ChangeVerdict verdict) =>
        Judge(Put("a", "same", Version(incoming)), Version(known), waiting: Put("a", "same", Version(known))).ShouldBe(verdict);

    [Fact]
    public void Another_content_under_the_same_number_contradicts_what_waits()
    {
        Judge(Put("a", "new", Version(2)), Version(2), waiting: Put("a", "old", Version(2))).ShouldBe(ChangeVerdict.Contradicts);
        Judge(Put("a", "new", Version(2)), Version(2), waiting: null).ShouldBe(ChangeVerdict.Supersedes);
        Judge(Put("a", "new", Version(2)), Version(2), waiting: Gone("a", Version(2))).ShouldBe(ChangeVerdict.Supersedes);
        Judge(Gone("a", Version(2)), Version(2), waiting: Put("a", "old", Version(2))).ShouldBe(ChangeVerdict.Supersedes);
        Judge(Put("a", "new", At(Noon)), At(Noon), waiting: Put("a", "old", At(Noon))).ShouldBe(ChangeVerdict.Supersedes);
    }

    [Fact]
    public void What_waits_is_looked_at_only_where_it_may_contradict()
    {
        ChangeOrder.MayContradict(Put("a", "x", Version(2)), Version(2)).ShouldBeTrue();
        ChangeOrder.MayContradict(Put("a", "x", Version(2)), Version(3)).ShouldBeFalse();
        ChangeOrder.MayContradict(Put("a", "x", DocumentVersion.None), DocumentVersion.None).ShouldBeFalse();
        ChangeOrder.MayContradict(Gone("a", Version(2)), Version(2)).ShouldBeFalse();

        ChangeOrder.Judge(Put("a", "x", Version(3)), Version(2), () => throw new InvalidOperationException("asked"), () => throw new InvalidOperationException("asked"))
            .ShouldBe(ChangeVerdict.Supersedes);
    }

    [Fact]
    public void A_change_without_a_version_takes_the_place_of_any() =>
        Judge(Put("a", "x", DocumentVersion.None), Version(9), waiting: null, stored: Version(9)).ShouldBe(ChangeVerdict.Supersedes);

    /// <summary>A number against a time: neither says which is newer, and what is stored decides whether the change would be taken at all.</summary>
    [Fact]
    public void Where_nothing_orders_two_changes_what_is_outdated_by_the_store_is_not_taken()
    {
        Judge(Put("a", "x", Version(3)), At(Noon), waiting: null, stored: Version(4)).ShouldBe(ChangeVerdict.Outdated);
        Judge(Put("a", "x", Version(3)), At(Noon), waiting: null, stored: Version(3)).ShouldBe(ChangeVerdict.Outdated);
        Judge(Put("a", "x", Version(3)), At(Noon), waiting: null, stored: Version(2)).ShouldBe(ChangeVerdict.Supersedes);
        Judge(Put("a", "x", Version(3)), At(Noon), waiting: null, stored: DocumentVersion.None).ShouldBe(ChangeVerdict.Supersedes);
        Judge(Gone("a", Version(3)), At(Noon), waiting: null, stored: Version(3)).ShouldBe(ChangeVerdict.Supersedes);
        Judge(Put("a", "x", At(Noon)), Version(1), waiting: null, stored: At(Noon)).ShouldBe(ChangeVerdict.Supersedes);
        Judge(Put("a", "x", At(Noon)), Version(1), waiting: null, stored: At(Noon.AddTicks(1))).ShouldBe(ChangeVerdict.Outdated);
    }

    [Fact]
    public void What_a_change_does_not_say_still_holds_of_what_it_replaced()
    {
        var after = ChangeOrder.After(Put("a", "x", At(Noon)), Version(7));

        after.Known.ShouldBe(Version(7));
        ChangeOrder.VersionOf(after).ShouldBe(new DocumentVersion(7, Noon));
        ChangeOrder.After(after, Version(5)).Known.ShouldBe(Version(7));
        ChangeOrder.After(after, Version(9)).Known.ShouldBe(Version(9));
        var whole = Put("a", "x", new DocumentVersion(8, Noon));
        ChangeOrder.After(whole, Version(7)).ShouldBeSameAs(whole);
    }

    [Fact]
    public void A_tombstone_of_a_source_id_is_one_of_each_of_its_documents()
    {
        var whole = new DocumentChange.DeleteSource("s", Version(5));

        var single = ChangeOrder.OfDocument(whole, "a", waiting: null, stored: Version(4)).ShouldNotBeNull();

        single.ShouldBe(new DocumentChange.Delete("a", "s", Version(5), ChangeToken.None) { IsOfSource = true });
    }

    [Fact]
    public void What_waits_under_the_source_id_is_remembered_and_what_leaves_it_stays()
    {
        var whole = new DocumentChange.DeleteSource("s", Version(5));

        Of(Put("a", "x", Version(3), "s"), stored: null).ShouldNotBeNull().Replaced.ShouldBe(Version(3));
        Of(Put("a", "x", Version(3), "other"), stored: null).ShouldBeNull();
        Of(Gone("a", Version(3), "s"), stored: null).ShouldBeNull();
        Of(Gone("a", Version(3), "s") with { IsOfSource = true, Replaced = Version(2) }, stored: null).ShouldNotBeNull().Replaced.ShouldBe(Version(2));
        Of(Gone("a", Version(3), "other") with { IsOfSource = true }, stored: null).ShouldBeNull();

        DocumentChange.Delete? Of(DocumentChange waiting, DocumentVersion? stored) => ChangeOrder.OfDocument(whole, "a", waiting, stored);
    }

    [Fact]
    public void What_waits_and_is_outdated_by_the_store_hides_nothing()
    {
        var whole = new DocumentChange.DeleteSource("s", Version(5));
        var leaving = Put("a", "x", Version(3), "other");

        ChangeOrder.OfDocument(whole, "a", leaving, Version(4)).ShouldNotBeNull().Replaced.ShouldBeNull();
        ChangeOrder.OfDocument(whole, "a", leaving, Version(3)).ShouldBeNull();
        ChangeOrder.OfDocument(whole, "a", leaving, Version(2)).ShouldBeNull();
        ChangeOrder.OfDocument(whole, "a", leaving, At(Noon)).ShouldBeNull();
    }

    [Fact]
    public void Every_change_says_whose_it_is()
    {
        var poison = new DocumentChange.Poison("p", new ItemFailure("p", "code", "m", "r", HidesDocuments: false));
        (DocumentChange Change, string? Document, string SourceId, DocumentVersion Version)[] expected =
        [
            (Put("a", "x", Version(1), "s"), "a", "s", Version(1)),
            (Gone("b", Version(2), "t"), "b", "t", Version(2)),
            (new DocumentChange.DeleteSource("u", Version(3)), null, "u", Version(3)),
            (poison, "p", "p", DocumentVersion.None),
        ];

        foreach (var (change, document, sourceId, version) in expected)
        {
            ChangeOrder.DocumentOf(change).ShouldBe(document);
            ChangeOrder.SourceIdOf(change).ShouldBe(sourceId);
            ChangeOrder.VersionOf(change).ShouldBe(version);
        }
    }

    private static ChangeVerdict Judge(DocumentChange incoming, DocumentVersion known, DocumentChange? waiting, DocumentVersion stored = default) =>
        ChangeOrder.Judge(incoming, known, () => waiting, () => stored);

    private static DocumentChange.Upsert Put(string id, string text, DocumentVersion version, string? sourceId = null) =>
        new(new Document { Id = id, SourceId = sourceId ?? id, Text = text, Version = version });

    private static DocumentChange.Delete Gone(string id, DocumentVersion version, string? sourceId = null) => new(id, sourceId ?? id, version, ChangeToken.None);

    private static DocumentVersion Version(long number) => new(number, null);

    private static DocumentVersion At(DateTimeOffset time) => new(null, time);
}
