using Shouldly;
using Tidemark.Judging;
using Xunit;

namespace Tidemark.Core.Tests.Judging;

public sealed class DetectableLossTests
{
    [Fact]
    public void Four_times_as_many_queries_show_half_the_loss()
    {
        double[] some = [.. Enumerable.Range(0, 50).Select(i => i % 2 == 0 ? 0.2 : -0.2)];

        DetectableLoss.Of(some)!.Value.ShouldBe(2.4865 * 0.2 * Math.Sqrt(50.0 / 49) / Math.Sqrt(50), 1e-9);
        (DetectableLoss.Of([.. some, .. some, .. some, .. some])! / DetectableLoss.Of(some)!).Value.ShouldBe(0.5, 0.01);
    }

    [Fact]
    public void What_does_not_count_need_not_be_detected() => DetectableLoss.Of([.. Enumerable.Repeat(0.0, 100)]).ShouldBe(0.02);

    [Fact]
    public void Nothing_is_known_of_one_query() => DetectableLoss.Of([0.5]).ShouldBeNull();
}
