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
        new(new IndexTables(1), Namespace: 1, Space: 1, Dimensions: 384, Chunks: 200_000)
        {
            SpaceName = "s",
            Segments = [new("vectors_1", HasGraph: true), new("vectors_1_recent", HasGraph: false)],
        };

    private static readonly Dictionary<int, long> Full = new() { [1] = Wanted };

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

        Walk.IsSure(isFiltered: true, [.. few, .. beside], Full).ShouldBeFalse();
    }

    [Fact]
    public void Without_a_filter_as_many_are_enough_or_all_that_there_are()
    {
        var few = Enumerable.Repeat(new WalkPlace(1, 0), Wanted - 1).ToArray();

        Walk.IsSure(isFiltered: false, [.. few, new WalkPlace(1, 0)], Full).ShouldBeTrue();
        Walk.IsSure(isFiltered: false, few, Full).ShouldBeFalse();
        Walk.IsSure(isFiltered: false, few, new Dictionary<int, long> { [1] = few.Length }).ShouldBeTrue();
    }

    [Fact]
    public void Of_several_graphs_each_is_judged_by_itself_and_an_empty_one_has_nothing_to_say()
    {
        var two = GraphWalk.Of(Generation with { Segments = [new("vectors_1", HasGraph: true), new("vectors_1_recent", HasGraph: true)] }, Wanted);
        WalkPlace[] ofFirst = [.. Enumerable.Range(1, Wanted).Select(i => new WalkPlace(1, 20L * i))];
        WalkPlace[] late = [.. Enumerable.Range(1, Wanted).Select(i => new WalkPlace(2, 667L + i))];

        two.IsSure(isFiltered: true, [.. ofFirst, .. late], Full).ShouldBeFalse();
        two.IsSure(isFiltered: true, ofFirst, new Dictionary<int, long> { [2] = 1 }).ShouldBeFalse();
        two.IsSure(isFiltered: true, ofFirst, new Dictionary<int, long> { [2] = 0 }).ShouldBeTrue();
    }

    [Fact]
    public void The_larger_a_generation_is_the_more_is_compared_one_by_one_before_it_is_walked()
    {
        GraphWalk.Of(Generation with { Chunks = 20_000 }, Wanted).Few.ShouldBe(3_000);
        Walk.Few.ShouldBe(5_099);
        GraphWalk.Of(Generation with { Chunks = 20_000_000 }, Wanted).Few.ShouldBe(50_990);
    }

    private static bool Sure(IEnumerable<long> ranks) => Walk.IsSure(isFiltered: true, [.. ranks.Select(rank => new WalkPlace(1, rank))], Full);
}
