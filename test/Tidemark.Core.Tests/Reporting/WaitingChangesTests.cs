using Shouldly;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Reporting;
using Xunit;

namespace Tidemark.Core.Tests.Reporting;

public sealed class WaitingChangesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_waits_is_as_late_as_it_has_waited_and_nothing_is_counted_twice()
    {
        LagCount[] lags = [new(false, 10, 3), new(false, 20, 5), new(true, 5, 100)];

        var counted = WaitingChanges.Count(lags, Backlog(documents: 4, TimeSpan.FromHours(1)), Now);

        counted.Where(lag => !lag.IsFirstLoad).OrderBy(lag => lag.Position).Select(lag => (lag.Position, lag.Changes)).ShouldBe(
            [(10, 0), (20, 4), (LagScale.PositionOf(TimeSpan.FromHours(1)), 4)]);
        FreshnessReport.Of(counted, TimeSpan.FromMinutes(15), TimeSpan.FromDays(1), age: null, trying: null)
            .Breached.ShouldBeTrue("half of the changes have waited for an hour");
    }

    [Fact]
    public void A_first_load_that_waits_counts_as_one()
    {
        var counted = WaitingChanges.Count([new(true, 5, 100)], Backlog(documents: 100, TimeSpan.FromMinutes(1)), Now);

        FreshnessReport.Of(counted, TimeSpan.FromMinutes(15), TimeSpan.FromDays(1), age: null, trying: null)
            .P50.ShouldBe(LagScale.Longest(LagScale.PositionOf(TimeSpan.FromMinutes(1))));
    }

    [Fact]
    public void What_waits_is_taken_from_the_fastest_and_from_no_more_than_there_are()
    {
        WaitingChanges.Count([new(false, 20, 5), new(false, 10, 3), new(true, 5, 100)], Backlog(documents: 7, TimeSpan.Zero), Now)
            .ShouldBe([new LagCount(true, 5, 100), new LagCount(false, 10, 0), new LagCount(false, 20, 1), new LagCount(false, 0, 7)]);
        WaitingChanges.Count([new(false, 10, 3)], Backlog(documents: 9, TimeSpan.Zero), Now)
            .ShouldBe([new LagCount(false, 10, 0), new LagCount(false, 0, 9)]);
        WaitingChanges.Count([], Backlog(documents: 2, TimeSpan.Zero), Now).ShouldBe([new LagCount(true, 0, 2)]);
    }

    [Fact]
    public void Where_nothing_waits_nothing_is_changed()
    {
        LagCount[] lags = [new(false, 10, 3)];

        WaitingChanges.Count(lags, index: null, Now).ShouldBeSameAs(lags);
        WaitingChanges.Count(lags, Backlog(documents: 0, waited: null), Now).ShouldBeSameAs(lags);
        WaitingChanges.Count(lags, Backlog(documents: 3, waited: null), Now).ShouldBeSameAs(lags);
        WaitingChanges.Count(lags, Backlog(documents: 0, TimeSpan.FromHours(1)), Now).ShouldBeSameAs(lags);
    }

    private static IndexBacklog Backlog(long documents, TimeSpan? waited) => new(
        new IndexBinding("default", new EmbeddingSpace("hashing:32", 32), "chroma:http://localhost:8000/x", "owner", Incarnation: null),
        documents,
        documents,
        waited is { } since ? Now - since : null);
}
