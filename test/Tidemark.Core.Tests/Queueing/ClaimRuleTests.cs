using Shouldly;
using Tidemark.Queueing;
using Xunit;

namespace Tidemark.Tests.Queueing;

public sealed class ClaimRuleTests
{
    private static readonly ClaimRequest Request = new(3, TimeSpan.FromSeconds(1)) { MostBytes = 100 };

    [Fact]
    public void A_claim_takes_what_is_asked_for() => Take((0, 1), (1, 1), (2, 1), (0, 1)).ShouldBe(3);

    [Fact]
    public void Of_nothing_nothing_is_taken() => Take().ShouldBe(0);

    [Fact]
    public void A_suspect_is_taken_alone() => Take((3, 1), (0, 1)).ShouldBe(1);

    [Fact]
    public void Those_before_a_suspect_are_taken_without_it() => Take((0, 1), (0, 1), (3, 1)).ShouldBe(2);

    [Fact]
    public void Bytes_bound_a_claim_of_more_than_one() => Take((0, 500), (0, 1)).ShouldBe(1);

    [Fact]
    public void What_fits_into_the_bytes_is_taken() => Take((0, 60), (0, 40), (0, 1)).ShouldBe(2);

    private static int Take(params (int Losses, long Bytes)[] line) => ClaimRule.Take(line, Request);
}
