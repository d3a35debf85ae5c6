using Shouldly;
using Tidemark.Cli.Output;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Output;

public sealed class UnitsTests
{
    [Fact]
    public void Numbers_read_the_same_everywhere()
    {
        Units.Count(1234567).ShouldBe("1,234,567");
        Units.Count(1, "chunk").ShouldBe("1 chunk");
        Units.Count(2000, "chunk").ShouldBe("2,000 chunks");
        Units.Bytes(999).ShouldBe("999 bytes");
        Units.Bytes(9_300_000).ShouldBe("9.3 MB");
        Units.Share(0.006).ShouldBe("0.6 %");
        Units.Share(0.61).ShouldBe("61 %");
        Units.Share(1).ShouldBe("100 %");
        Units.Seconds(TimeSpan.FromSeconds(0.41)).ShouldBe("0.41 s");
        Units.Seconds(TimeSpan.FromSeconds(75)).ShouldBe("1 min 15 s");
        Units.Seconds(TimeSpan.FromHours(2.5)).ShouldBe("2 h 30 min");
        Units.Money(0.0002m).ShouldBe("$0.0002");
        Units.Money(0).ShouldBe("$0.00");
        Units.Age(TimeSpan.FromMinutes(3)).ShouldBe("3 min");
    }
}
