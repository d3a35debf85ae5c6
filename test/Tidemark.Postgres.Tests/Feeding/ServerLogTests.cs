using Shouldly;
using Tidemark.Postgres.Feeding;
using Xunit;

namespace Tidemark.Postgres.Tests.Feeding;

public sealed class ServerLogTests
{
    [Theory]
    [InlineData(2, 500, 0, 900, LogCourse.Same)]
    [InlineData(2, 500, 2, 900, LogCourse.Same)]
    [InlineData(2, 500, 1, 500, LogCourse.Same)]
    [InlineData(2, 500, 1, 501, LogCourse.Forked)]
    [InlineData(3, 500, 1, 400, LogCourse.Unknown)]
    [InlineData(1, 500, 2, 400, LogCourse.Unknown)]
    [InlineData(2, null, 1, 400, LogCourse.Unknown)]
    internal void A_promoted_server_goes_on_from_what_it_had(int timeline, int? fork, int readTimeline, int position, LogCourse course) =>
        new ServerLog("1", (uint)timeline, 1_000, (ulong?)fork).CourseAfter((uint)readTimeline, (ulong)position).ShouldBe(course);
}
