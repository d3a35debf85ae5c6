using Shouldly;
using Tidemark.Postgres.Server;
using Tidemark.Postgres.Storage;
using Xunit;

namespace Tidemark.Postgres.Tests.Server;

/// <summary>When a connection that brings nothing is given up: by what the server says of it over another one.</summary>
public sealed class LineJudgeTests
{
    [Fact]
    public void A_server_that_works_is_waited_for_however_long_it_takes() =>
        After(Enumerable.Repeat(LineSign.Works, 10_000)).IsLost(isHasty: true).ShouldBeFalse();

    [Theory]
    [InlineData((int)LineSign.WaitsForUs, 2, 1)]
    [InlineData((int)LineSign.Silent, 3, 1)]
    [InlineData((int)LineSign.Unknown, 90, 10)]
    public void One_that_does_not_is_given_up_after_some_looks_and_sooner_by_whoever_is_told_to_stop(int sign, int looks, int looksWhenStopping)
    {
        After(Enumerable.Repeat((LineSign)sign, looks - 1)).IsLost(isHasty: false).ShouldBeFalse();
        After(Enumerable.Repeat((LineSign)sign, looks)).IsLost(isHasty: false).ShouldBeTrue();
        After(Enumerable.Repeat((LineSign)sign, looksWhenStopping - 1)).IsLost(isHasty: true).ShouldBeFalse();
        After(Enumerable.Repeat((LineSign)sign, looksWhenStopping)).IsLost(isHasty: true).ShouldBeTrue();
    }

    [Fact]
    public void Work_between_forgets_what_was_seen_before() =>
        After([LineSign.WaitsForUs, LineSign.Works, LineSign.WaitsForUs]).IsLost(isHasty: false).ShouldBeFalse();

    [Theory]
    [InlineData(7, 7, true, "active", null, (int)LineSign.Works)]
    [InlineData(7, 7, true, "active", "Lock", (int)LineSign.Works)]
    [InlineData(7, 7, true, "active", "Client", (int)LineSign.WaitsForUs)]
    [InlineData(7, 7, true, "idle in transaction", "Client", (int)LineSign.WaitsForUs)]
    [InlineData(7, 7, false, null, null, (int)LineSign.Silent)]
    [InlineData(7, 8, false, null, null, (int)LineSign.Unknown)]
    [InlineData(7, 7, true, null, null, (int)LineSign.Unknown)]
    [InlineData(7, 7, true, "disabled", null, (int)LineSign.Unknown)]
    public void What_the_server_says_of_a_session_is_read_with_care(
        int told, int really, bool isKnown, string? state, string? waitsFor, int sign) =>
        BackendLook.Judge((told, really), isKnown, state, waitsFor).ShouldBe((LineSign)sign);

    private static LineJudge After(IEnumerable<LineSign> signs) =>
        signs.Aggregate(default(LineJudge), (judge, sign) => judge.After(sign));
}
