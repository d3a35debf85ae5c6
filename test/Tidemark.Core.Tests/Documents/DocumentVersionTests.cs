using Shouldly;
using Tidemark.Documents;
using Xunit;

namespace Tidemark.Tests.Documents;

public sealed class DocumentVersionTests
{
    private static readonly DateTimeOffset Early = new(2024, 5, 17, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Late = Early.AddTicks(1);

    [Fact]
    public void Numbers_order_where_both_have_one_else_times()
    {
        Math.Sign(new DocumentVersion(1, Late).CompareTo(new DocumentVersion(2, Early))!.Value).ShouldBe(-1);
        new DocumentVersion(2, Late).CompareTo(new DocumentVersion(2, Early)).ShouldBe(0);
        Math.Sign(new DocumentVersion(null, Late).CompareTo(new DocumentVersion(2, Early))!.Value).ShouldBe(1);
        Math.Sign(new DocumentVersion(2, Early).CompareTo(new DocumentVersion(null, Late))!.Value).ShouldBe(-1);
        new DocumentVersion(2, null).CompareTo(new DocumentVersion(null, Late)).ShouldBeNull();
        new DocumentVersion(null, Late).CompareTo(new DocumentVersion(2, null)).ShouldBeNull();
        DocumentVersion.None.CompareTo(DocumentVersion.None).ShouldBeNull();
    }

    [Fact]
    public void The_latest_of_two_has_the_greater_number_and_the_later_time_whichever_has_it()
    {
        new DocumentVersion(1, Late).Latest(new DocumentVersion(2, Early)).ShouldBe(new DocumentVersion(2, Late));
        new DocumentVersion(2, Early).Latest(new DocumentVersion(1, Late)).ShouldBe(new DocumentVersion(2, Late));
        new DocumentVersion(1, null).Latest(new DocumentVersion(null, Late)).ShouldBe(new DocumentVersion(1, Late));
        new DocumentVersion(null, Late).Latest(new DocumentVersion(1, null)).ShouldBe(new DocumentVersion(1, Late));
        DocumentVersion.None.Latest(DocumentVersion.None).ShouldBe(DocumentVersion.None);
    }

    [Fact]
    public void What_a_state_does_not_say_still_holds_of_the_one_before()
    {
        new DocumentVersion(1, null).After(new DocumentVersion(9, Late)).ShouldBe(new DocumentVersion(1, Late));
        new DocumentVersion(null, Early).After(new DocumentVersion(9, Late)).ShouldBe(new DocumentVersion(9, Early));
    }

    [Fact]
    public void Either_of_the_two_makes_it_a_version()
    {
        DocumentVersion.None.IsNone.ShouldBeTrue();
        new DocumentVersion(0, null).IsNone.ShouldBeFalse();
        new DocumentVersion(null, Early).IsNone.ShouldBeFalse();
    }
}
