using Shouldly;
using Tidemark.Chunking.Structure;
using Xunit;

namespace Tidemark.Chunking;

public sealed class StrongestBoundaryTests
{
    [Fact]
    public void It_finds_what_looking_through_the_range_finds()
    {
        var random = new Random(3);
        for (var size = 1; size < 70; size++)
        {
            List<Boundary> all = [.. Enumerable.Range(0, size).Select(i =>
                new Boundary(i * 3, (BoundaryLevel)random.Next(3), (uint)random.Next(4), (uint)random.Next(2)))];
            var strongest = new StrongestBoundary(all);
            for (var from = 0; from <= size; from++)
            {
                for (var to = from; to <= size; to++)
                {
                    strongest.Find(from, to).ShouldBe(Slowly(all, from, to));
                }

                strongest.FirstAt((from * 3) - 1, 0, size).ShouldBe(Math.Min(from, size));
            }
        }
    }

    private static int Slowly(List<Boundary> all, int from, int to)
    {
        var best = -1;
        for (var i = from; i < to; i++)
        {
            best = best < 0 || all[i].CompareRank(all[best]) > 0 ? i : best;
        }

        return best;
    }
}
