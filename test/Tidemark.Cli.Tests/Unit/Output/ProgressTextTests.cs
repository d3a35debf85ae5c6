using Shouldly;
using Tidemark.Cli.Output;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Output;

public sealed class ProgressTextTests
{
    [Fact]
    public void Rate_and_remaining_time_come_from_what_was_listed_since_the_source_began()
    {
        var progress = new SyncProgress(SyncPhase.Listing, "docs", 2000, 8000, 0, null, 100, 40, 60);
        var rate = new ProgressRate("docs", SyncPhase.Listing, TimeSpan.FromSeconds(1));

        ProgressText.Of(progress, rate, TimeSpan.FromSeconds(3))
            .ShouldBe(
                "docs  2,000 of 8,000 (25 %) · 1,000/s · 6 s left · 40 of 100 changed ones written · 60 embedded");
    }

    [Fact]
    public void Bytes_tell_the_share_where_the_number_of_items_is_not_known()
    {
        var progress = new SyncProgress(SyncPhase.Listing, "jsonl", 10, null, 500, 1000, 0, 0, 0);

        ProgressText.Of(progress, default, TimeSpan.FromSeconds(2)).ShouldBe("jsonl  10 (50 %) · 5/s · 2 s left");
    }

    [Fact]
    public void What_comes_after_everything_is_written_has_no_rate()
    {
        var progress = new SyncProgress(SyncPhase.Indexing, "", 0, null, 0, null, 2000, 2000, 60);

        ProgressText.Of(progress, default, TimeSpan.FromSeconds(2))
            .ShouldBe("everything is written · making the index for searches");
    }

    [Fact]
    public void Each_source_is_timed_from_its_own_beginning()
    {
        var rate = default(ProgressRate).For(Of("a"), TimeSpan.FromSeconds(1)).For(Of("b"), TimeSpan.FromSeconds(5));

        rate.Since.ShouldBe(TimeSpan.FromSeconds(5));
        rate.For(Of("b"), TimeSpan.FromSeconds(9)).ShouldBe(rate);
    }

    private static SyncProgress Of(string source) => new(SyncPhase.Listing, source, 0, null, 0, null, 0, 0, 0);
}
