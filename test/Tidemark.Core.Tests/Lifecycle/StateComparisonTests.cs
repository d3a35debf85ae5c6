using Shouldly;
using Tidemark.Documents;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Core.Tests.Lifecycle;

/// <summary>What a state of a document changed in the one before it.</summary>
public sealed class StateComparisonTests
{
    private static readonly DocumentSummary Before = LifecycleStates.Document("a") with
    {
        Version = new DocumentVersion(1, LifecycleStates.Now),
        Sequence = 5,
    };

    public static TheoryData<string, Func<DocumentSummary, DocumentSummary>> Changes => new()
    {
        { "", same => same },
        { "text", was => was with { TextHash = ContentHash.Of("other") } },
        { "metadata", was => was with { Metadata = DocumentMetadata.Parse("""{"k":1}""") } },
        { "source", was => was with { Source = "other" } },
        { "sourceId", was => was with { SourceId = "other" } },
        { "version", was => was with { Version = was.Version with { Number = 2 } } },
        { "modifiedAt", was => was with { Version = was.Version with { ModifiedAt = LifecycleStates.Now.AddDays(1) } } },
        { "expiresAt", was => was with { ExpiresAt = LifecycleStates.Now } },
        { "tier", was => was with { Tier = "premium" } },
        { "text tier", was => was with { TextHash = ContentHash.Of("other"), Tier = "premium" } },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Each_change_is_named(string changed, Func<DocumentSummary, DocumentSummary> with)
    {
        var states = StateComparison.Of([Live(with(Before) with { Sequence = 9 }), Until(Before, 9)], horizon: 0);

        states[0].Changed.ShouldBe(changed.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        states[1].Changed.ShouldBe(["added"]);
    }

    [Fact]
    public void What_came_back_after_it_was_gone_was_added() =>
        StateComparison.Of([Live(Before with { Sequence = 9 }), Until(Before, 7)], horizon: 0)
            .ShouldAllBe(state => state.Changed!.Single() == "added");

    [Theory]
    [InlineData(5, false)]
    [InlineData(4, true)]
    public void What_was_before_the_first_that_is_kept_is_not_known(long horizon, bool isKnown) =>
        (StateComparison.Of([Live(Before)], horizon).ShouldHaveSingleItem().Changed is not null).ShouldBe(isKnown);

    private static PastState Live(DocumentSummary document) => new(document, Until: null, Ended: null);

    private static PastState Until(DocumentSummary document, long sequence) =>
        new(document, new CommitMoment(sequence, 2, LifecycleStates.Now), StateEnd.Superseded);
}
