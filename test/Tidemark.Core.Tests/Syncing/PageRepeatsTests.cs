using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Tests.Syncing.Decisions;

namespace Tidemark.Tests.Syncing;

public sealed class PageRepeatsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_highest_version_wins_else_the_last()
    {
        Settled(Put("a", "one", 2), Put("a", "two", 1)).ShouldBe("one+, two-");
        Settled(Put("a", "one", 1), Put("a", "two", 2)).ShouldBe("one-, two+");
        Settled(Put("a", "one"), Put("b", "other"), Put("a", "two")).ShouldBe("one-, other, two+");
        Settled(Put("a", "one", 1), Put("a", "three", 3), Put("a", "two", 2)).ShouldBe("one-, three+, two-");
        Settled(Put("a", "one"), null, Put("b", "two")).ShouldBe("one, -, two");
    }

    [Fact]
    public void Of_one_number_with_other_content_the_first_stays_and_the_other_is_told()
    {
        var page = Settle(Put("a", "one", 1), Put("a", "two", 1));

        Show(page).ShouldBe("one+, two!version.conflict");
        page.Others[1].Decision!.Conflict!.Item.ShouldBe("item 1");
    }

    [Fact]
    public void What_is_outdated_yields_to_what_nothing_orders_it_against() =>
        Settled(Put("a", "one", 5), Put("a", "two", time: Noon) with { Verdict = Verdict.Outdated }).ShouldBe("one+, two-");

    [Fact]
    public void What_contradicts_what_is_stored_does_not_replace_what_is_taken()
    {
        var refused = Put("a", "two") with { Conflict = new ItemFailure("a", "version.conflict", "m", "r", HidesDocuments: false) };

        Settled(Put("a", "one"), refused).ShouldBe("one+, two!version.conflict");
        Settled(refused, Put("a", "one")).ShouldBe("two!version.conflict-, one+");
        Settled(refused, refused).ShouldBe("two!version.conflict-, two!version.conflict+");
    }

    [Fact]
    public void An_unchanged_item_before_it_loses_and_one_behind_it_wins_unless_versions_say_otherwise()
    {
        Settled(null, Put("a", "one", key: 7), unchanged: (0, 7)).ShouldBe("-, one+");
        Settled(Put("a", "one", key: 7), null, unchanged: (1, 7)).ShouldBe("one+-, -");
        Settled(Put("a", "one", key: 7) with { IsNewer = true }, null, unchanged: (1, 7)).ShouldBe("one+, -");
        Settled(null, Put("a", "one", key: 7) with { Verdict = Verdict.Outdated }, unchanged: (0, 7)).ShouldBe("-, one+-");
        Settled(Put("a", "one", key: 7), null, unchanged: (1, 8)).ShouldBe("one, -");
        Settled(Put("a", "one"), null, unchanged: (1, 0)).ShouldBe("one, -");
    }

    [Fact]
    public void A_store_that_takes_two_for_one_document_is_damaged() =>
        Should.Throw<TidemarkException>(() => Settle(Put("a", "one", key: 7), Put("b", "two", key: 7))).ShouldSatisfyAllConditions(
            error => error.Code.ShouldBe(ErrorCodes.StoreCorrupt),
            error => error.Message.ShouldContain("'b' and 'a'"));

    private static string Settled(params Decision?[] decisions) => Show(Settle(decisions));

    /// <summary>A null stands for the unchanged item.</summary>
    private static string Settled(Decision? first, Decision? second, (int Index, long Key) unchanged)
    {
        var glances = new DocumentGlance[2];
        glances[unchanged.Index] = new DocumentGlance { Key = new DocumentKey(unchanged.Key), State = DocumentState.Live };
        var page = new InspectedPage(new Page(), 2, glances);
        Decision?[] both = [first, second];
        page.Others.Add(new InspectedItem { Index = 1 - unchanged.Index, Decision = both[1 - unchanged.Index] });
        PageRepeats.Settle(page);
        var shown = Show(page);
        return unchanged.Index == 0 ? $"-, {shown}" : $"{shown}, -";
    }

    private static InspectedPage Settle(params Decision?[] decisions)
    {
        var page = new InspectedPage(new Page(), decisions.Length, new DocumentGlance[decisions.Length]);
        page.Others.AddRange(decisions.Select((decision, i) => new InspectedItem { Index = i, Decision = decision }));
        PageRepeats.Settle(page);
        return page;
    }

    /// <summary>Each with what is told of it, + where its write notes the repetition, - where it is passed over.</summary>
    private static string Show(InspectedPage page) => string.Join(", ", page.Others.Select(item => item.Decision is not { } decision
        ? "-"
        : ((DocumentChange.Upsert)decision.Change).Document.Text
            + (decision.Conflict is { } conflict ? $"!{conflict.Code}" : "")
            + (decision.Write is DocumentWrite.Put { Repeats: true } ? "+" : "")
            + (item.Superseded ? "-" : "")));

    private static Decision Put(string id, string text, long? number = null, DateTimeOffset? time = null, long key = 0) =>
        Of(Upsert(id, text, number, time), key: key) with { Write = TestWrites.Put(id, new SourceKey(1), [text]) };

    private sealed class Page : ListingPage
    {
        public override ReadOnlySpan<ListedItem> Items => [];

        public override ValueTask<DocumentChange> ReadAsync(int index, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override string Describe(int index) => $"item {index}";
    }
}
