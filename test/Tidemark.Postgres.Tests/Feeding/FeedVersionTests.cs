using Shouldly;
using Tidemark.Postgres.Feeding;
using Xunit;

namespace Tidemark.Postgres.Tests.Feeding;

/// <summary>What is newer than what: a snapshot lies between the transactions that it sees and those that it does not.</summary>
public sealed class FeedVersionTests
{
    private const ulong Commit = 0x1_2F43_6C0;

    [Fact]
    public void A_snapshot_is_newer_than_all_parts_of_what_it_sees_and_older_than_what_it_does_not()
    {
        const ulong next = Commit + 40; // a commit record is at least so long

        var last = FeedVersion.OfCommit(0, Commit, FeedVersion.MostParts - 1);

        FeedVersion.OfSnapshot(0, next).ShouldBeGreaterThan(last);
        FeedVersion.OfSnapshot(0, Commit).ShouldBeLessThan(FeedVersion.OfCommit(0, Commit, 0));
        FeedVersion.OfSnapshot(0, next).ShouldBeLessThan(FeedVersion.OfCommit(0, next, 0));
    }

    [Fact]
    public void A_database_whose_positions_begin_anew_is_newer_all_the_same()
    {
        var top = FeedVersion.OfCommit(0, Commit, 7);

        var origin = FeedVersion.OriginAbove(0, top, position: 16);

        FeedVersion.OfSnapshot(origin, 16).ShouldBeGreaterThan(top);
        FeedVersion.OriginAbove(0, top, Commit + 4096).ShouldBe(0, "one that goes on needs no other origin");
    }

    [Fact]
    public void Positions_of_a_petabyte_of_log_have_room() => FeedVersion.OfCommit(0, 1UL << 50, 0).ShouldBe(1L << 62);
}
