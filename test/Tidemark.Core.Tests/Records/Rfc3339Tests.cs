using Shouldly;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Tests.Records;

public sealed class Rfc3339Tests
{
    [Fact]
    public void Times_in_JSON_are_RFC_3339_in_UTC() =>
        Rfc3339.Of(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1))).ShouldBe("2026-01-02T02:04:05Z");
}
