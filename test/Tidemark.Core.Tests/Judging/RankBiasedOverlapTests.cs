using Shouldly;
using Tidemark.Judging;
using Xunit;

namespace Tidemark.Core.Tests.Judging;

public sealed class RankBiasedOverlapTests
{
    /// <summary>So deep that what lies behind weighs nothing.</summary>
    private const int Depth = 400;

    [Fact]
    public void Equal_rankings_are_alike_and_strange_ones_are_not()
    {
        RankBiasedOverlap.Of(List("abcdefghij"), List("abcdefghij")).Extrapolated.ShouldBe(1, 1e-12);
        RankBiasedOverlap.Of(List("abc"), List("xyz")).Extrapolated.ShouldBe(0, 1e-12);
        RankBiasedOverlap.Of([], []).ShouldBe(new RankBiasedOverlap(1, 0));
        RankBiasedOverlap.Of([], List("abc")).Extrapolated.ShouldBe(0);
    }

    [Fact]
    public void The_first_place_counts_more_than_the_last()
    {
        var swappedFirst = RankBiasedOverlap.Of(List("abcdefghij"), List("bacdefghij")).Extrapolated;
        var swappedLast = RankBiasedOverlap.Of(List("abcdefghij"), List("abcdefghji")).Extrapolated;

        swappedFirst.ShouldBeLessThan(swappedLast);
        swappedLast.ShouldBeLessThan(1);
    }

    [Fact]
    public void Which_of_the_two_is_first_makes_no_difference() =>
        RankBiasedOverlap.Of(List("abcde"), List("xbaq")).ShouldBe(RankBiasedOverlap.Of(List("xbaq"), List("abcde")));

    /// <summary>What the worst and the best ends of the rankings would make of them, added up as the definition says.</summary>
    [Theory]
    [InlineData("abcdefghij", "abcdefghij")]
    [InlineData("abcdefghij", "jihgfedcba")]
    [InlineData("abcdefghij", "klmnopqrst")]
    [InlineData("abcdef", "bxaqcpr")]
    [InlineData("abc", "xyzabcqrst")]
    [InlineData("", "abc")]
    public void The_rest_is_what_their_ends_could_change(string one, string other)
    {
        var found = RankBiasedOverlap.Of(List(one), List(other));
        var (worst, best) = (Sum(one, other, shareTheRest: false), Sum(one, other, shareTheRest: true));

        found.Residual.ShouldBe(best - worst, 1e-9);
        found.Extrapolated.ShouldBeInRange(worst - 1e-9, best + 1e-9);
    }

    /// <summary>As if both went on as they are: the shorter one in the share that it has in common, then both in that of their ends.</summary>
    [Theory]
    [InlineData("abcdefghij", "abcdefghij")]
    [InlineData("abcdefghij", "jihgfedcba")]
    [InlineData("abcd", "bxay")]
    [InlineData("abcdef", "bxaqcpr")]
    [InlineData("abc", "xyzabcqrst")]
    [InlineData("a", "ba")]
    [InlineData("", "abc")]
    public void What_lies_behind_the_ends_is_taken_to_be_like_what_is_known(string shorter, string longer)
    {
        double Common(int depth) => shorter.Take(depth).Intersect(longer.Take(depth)).Count();
        double Agreement(int depth) => depth <= shorter.Length ? Common(depth) / depth
            : depth > longer.Length ? Agreement(longer.Length)
            : (Common(depth) + (shorter.Length == 0 ? 0 : Common(shorter.Length) * (depth - shorter.Length) / shorter.Length)) / depth;

        RankBiasedOverlap.Of(List(shorter), List(longer)).Extrapolated
            .ShouldBe(Enumerable.Range(1, Depth).Sum(depth => 0.1 * Math.Pow(0.9, depth - 1) * Agreement(depth)), 1e-9);
    }

    private static string[] List(string letters) => [.. letters.Select(letter => letter.ToString())];

    /// <summary>Both rankings go on: with what the other one has already, first, and the same for both; or with strangers.</summary>
    private static double Sum(string one, string other, bool shareTheRest)
    {
        var (left, right) = (List(one).ToList(), List(other).ToList());
        string[] onlyLeft = [.. left.Except(right)], onlyRight = [.. right.Except(left)];
        left.AddRange(shareTheRest ? onlyRight : []);
        right.AddRange(shareTheRest ? onlyLeft : []);
        for (var i = 0; left.Count < Depth || right.Count < Depth; i++)
        {
            // Whoever is behind in number goes on alone until both have all that either had.
            left.Add(shareTheRest ? $"both {left.Count}" : $"left {i}");
            right.Add(shareTheRest ? $"both {right.Count}" : $"right {i}");
        }

        return Enumerable.Range(1, Depth).Sum(depth =>
            0.1 * Math.Pow(0.9, depth - 1) * left.Take(depth).Intersect(right.Take(depth)).Count() / depth);
    }
}
