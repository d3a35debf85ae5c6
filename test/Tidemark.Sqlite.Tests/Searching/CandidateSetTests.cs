using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Searching;
using Xunit;

namespace Tidemark.Sqlite.Tests.Searching;

public sealed class CandidateSetTests
{
    [Fact]
    public void It_keeps_the_best_and_all_that_tie_with_the_last_of_them() =>
        Prop.ForAll<byte[], PositiveInt>((scores, wanted) =>
        {
            var set = new CandidateSet(wanted.Get);
            var all = scores.Select((s, i) => new Candidate(i + 1, s)).ToList();
            foreach (var candidate in all)
            {
                set.Add(candidate.Chunk, candidate.Score);
            }

            var sorted = all.OrderByDescending(c => c.Score).ThenBy(c => c.Chunk).ToList();
            var last = sorted.Count == 0 ? 0 : sorted[Math.Min(wanted.Get, sorted.Count) - 1].Score;
            set.Best().ToArray().ShouldBe(sorted.Where((c, i) => i < wanted.Get || c.Score.Equals(last)));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(10, 50_000, 1000)]
    [InlineData(64, 50_000, 3)]
    [InlineData(3000, 50_000, 100_000)]
    public void A_long_stream_with_many_ties_gives_the_same_best_in_bounded_memory(int wanted, int length, int distinct)
    {
        var random = new Random(wanted);
        var all = Enumerable.Range(1, length).Select(i => new Candidate(i, random.Next(distinct))).ToList();
        var set = new CandidateSet(wanted);

        foreach (var candidate in all)
        {
            set.Add(candidate.Chunk, candidate.Score);
            set.Count.ShouldBeLessThanOrEqualTo((2 * wanted) + 1024);
        }

        var best = set.Best();
        best.Length.ShouldBeGreaterThanOrEqualTo(wanted);
        best[..wanted].ToArray().ShouldBe(all.OrderByDescending(c => c.Score).ThenBy(c => c.Chunk).Take(wanted));
    }
}
