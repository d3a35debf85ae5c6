using Shouldly;
using Tidemark.Cli.Output;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Output;

public sealed class ProgressFitTests
{
    private static readonly SyncProgress Progress = new(SyncPhase.Listing, "a/very/long/name/of/a/source", 2000, 8000, 0, null, 100, 40, 60);

    [Theory]
    [InlineData(79)]
    [InlineData(60)]
    [InlineData(40)]
    [InlineData(19)]
    public void A_line_that_moves_fits_and_says_whole_things(int width)
    {
        var text = ProgressText.Of(Progress, default, TimeSpan.FromSeconds(2), width);

        text.Length.ShouldBeLessThanOrEqualTo(width);
        text.ShouldContain("(25 %)");
        text.ShouldNotEndWith("·");
    }

    [Fact]
    public void Where_there_is_room_everything_is_said() =>
        ProgressText.Of(Progress, default, TimeSpan.FromSeconds(2)).ShouldContain("60 embedded");
}
