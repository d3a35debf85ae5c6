using Shouldly;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Tests.Records;

public sealed class StateEndsTests
{
    /// <summary>The numbers stand in stores, the names are what scripts read.</summary>
    [Theory]
    [InlineData(DocumentState.Live, StateEnd.Superseded, 0, "superseded")]
    [InlineData(DocumentState.Removed, StateEnd.Removed, 2, "removed")]
    [InlineData(DocumentState.Tombstoned, StateEnd.Tombstoned, 3, "tombstoned")]
    [InlineData(DocumentState.Expired, StateEnd.Expired, 4, "expired")]
    public void A_state_ends_by_what_comes_after_it(DocumentState next, StateEnd end, long stored, string name)
    {
        StateEnds.Before(next).ShouldBe(end);
        ((long)end).ShouldBe(stored);
        StateEnds.IsKnown(stored).ShouldBeTrue();
        StateEnds.FromStored(stored, "a").ShouldBe(end);
        StateEnds.NameOf(end).ShouldBe(name);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(5)]
    public void Another_number_is_damage_and_says_of_what(long stored)
    {
        StateEnds.IsKnown(stored).ShouldBeFalse();
        var error = Should.Throw<TidemarkException>(() => StateEnds.FromStored(stored, "docs/a.md"));
        error.Code.ShouldBe(ErrorCodes.StoreCorrupt);
        error.Message.ShouldContain("docs/a.md");
        error.Message.ShouldContain($"({stored})");
        Should.Throw<ArgumentOutOfRangeException>(() => StateEnds.NameOf((StateEnd)stored));
    }
}
