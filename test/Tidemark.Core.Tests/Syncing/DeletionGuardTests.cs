using Shouldly;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class DeletionGuardTests
{
    [Theory]
    [InlineData(10, 20, false, "ten documents are not many")]
    [InlineData(11, 20, true, "more than ten and more than a fifth")]
    [InlineData(11, 55, false, "exactly a fifth passes")]
    [InlineData(12, 55, true, "more than a fifth does not")]
    [InlineData(1000, 100_000, false, "many, but a small share")]
    public void By_default_it_holds_more_than_ten_that_are_more_than_a_fifth(
        long count, long documents, bool held, string because) =>
        DeletionGuard.Default.Holds(count, documents, listedNothing: false).ShouldBe(held, because);

    [Fact]
    public void An_empty_listing_of_a_source_that_had_documents_is_always_held() =>
        DeletionGuard.Default.Holds(1, 1, listedNothing: true).ShouldBeTrue();

    [Fact]
    public void An_empty_listing_of_an_empty_source_is_nothing_to_hold() =>
        DeletionGuard.Default.Holds(0, 0, listedNothing: true).ShouldBeFalse();

    [Fact]
    public void Switched_off_it_holds_nothing() =>
        DeletionGuard.Off.Holds(1000, 1000, listedNothing: true).ShouldBeFalse();

    [Fact]
    public void One_limit_alone_is_enough_when_the_other_is_not_asked()
    {
        new DeletionGuard(5, null).Holds(6, 1_000_000, listedNothing: false).ShouldBeTrue();
        new DeletionGuard(null, 0.5).Holds(2, 3, listedNothing: false).ShouldBeTrue();
        new DeletionGuard(null, 0.5).Holds(1, 3, listedNothing: false).ShouldBeFalse();
    }

    [Fact]
    public void Of_a_source_that_may_be_another_one_the_share_alone_counts()
    {
        var small = DeletionGuard.Default.ForSmall();

        small.Holds(1, 4, listedNothing: false).ShouldBeTrue();
        small.Holds(1, 5, listedNothing: false).ShouldBeFalse();
        new DeletionGuard(5, null).ForSmall().ShouldBe(new DeletionGuard(5, null));
        DeletionGuard.Off.ForSmall().Holds(4, 4, listedNothing: true).ShouldBeFalse();
    }
}
