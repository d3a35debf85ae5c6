using Shouldly;
using Tidemark.Rewinding;
using Xunit;

namespace Tidemark.Core.Tests.Rewinding;

public sealed class StoreMarkTests
{
    [Fact]
    public void One_that_is_made_is_one_and_no_two_are_the_same()
    {
        StoreMark.IsOne(StoreMark.Create()).ShouldBeTrue();
        StoreMark.Create().ShouldNotBe(StoreMark.Create());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdef0")]
    [InlineData("0123456789ABCDEF0123456789abcdef")]
    [InlineData("../../../../../../../../../../..")]
    public void What_may_lead_elsewhere_is_not_taken_for_a_name(string? mark) => StoreMark.IsOne(mark).ShouldBeFalse();
}
