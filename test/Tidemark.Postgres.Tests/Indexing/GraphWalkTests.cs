using Shouldly;
using Tidemark.Indexing;
using Tidemark.Postgres.Indexing;
using Xunit;

namespace Tidemark.Postgres.Tests.Indexing;

/// <summary>What the answer of a graph is worth, from where on the way it met its candidates.</summary>
public sealed class GraphWalkTests
{
    private const int Wanted = 26;

    private static readonly IndexGeneration Generation =
        new(new IndexTables(1), Namespace: 1, Space: 1, Dimensions: 384, Chunks: 200_000, HasGraph: true) { SpaceName = "s" };

    private static readonly GraphWalk Walk = GraphWalk.Of(Generation, Wanted);

    [Fact]
    public void What_is_met_evenly_on_the_way_is_what_is_nearest() => Sure(Enumerable.Range(1, Wanted).Select(i => 20L * i)).ShouldBeTrue();

    [Fact]
    public void What_is_met_at_once_is_as_well() =>
        Sure(Enumerable.Range(1, Wanted - 1).Select(i => (long)i).Append(900)).ShouldBeTrue();

    [Fact]
    public void What_is_met_behind_a_long_way_of_nothing_is_not() => Sure(Enumerable.Range(1, Wanted).Select(i => 667L + i)).ShouldBeFalse();

    [Fact]
    public void Too_few_are_not_whatever_stands_beside_the_graph()
    {
        var few = Enumerable.Range(1, Wanted - 1).Select(i => new WalkPlace(1, 20L * i));
        var beside = Enumerable.Repeat(new WalkPlace(GraphWalk.Beside, 0), Wanted);

        Walk.IsSure(isFiltered: true, [.. few, .. beside]).ShouldBeFalse();
    }

    [Fact]
    public void Without_a_filter_as_many_are_enough_or_all_that_there_are()
    {
        Walk.IsSure(isFiltered: false, [.. Enumerable.Repeat(new WalkPlace(1, 0), Wanted)]).ShouldBeTrue();
        Walk.IsSure(isFiltered: false, [.. Enumerable.Repeat(new WalkPlace(1, 0), Wanted - 1)]).ShouldBeFalse();
        var small = GraphWalk.Of(Generation with { Chunks = 12 }, Wanted);
        small.IsSure(isFiltered: false, [.. Enumerable.Repeat(new WalkPlace(1, 0), 9), .. Enumerable.Repeat(new WalkPlace(GraphWalk.Beside, 0), 3)]).ShouldBeTrue();
    }

    [Fact]
    public void The_larger_a_generation_is_the_more_is_compared_one_by_one_before_it_is_walked()
    {
        GraphWalk.Of(Generation with { Chunks = 20_000 }, Wanted).Few.ShouldBe(3_000);
        Walk.Few.ShouldBe(5_099);
        GraphWalk.Of(Generation with { Chunks = 20_000_000 }, Wanted).Few.ShouldBe(50_990);
    }

    private static bool Sure(IEnumerable<long> ranks) => Walk.IsSure(isFiltered: true, [.. ranks.Select(rank => new WalkPlace(1, rank))]);
}
