using Npgsql;
using Shouldly;
using Tidemark.Postgres.Feeding;
using Xunit;

namespace Tidemark.Postgres.Tests.Feeding;

/// <summary>What passes does not end a feed; what somebody has to set right does.</summary>
public sealed class FeedErrorsTests
{
    [Theory]
    [InlineData("08006", ErrorCodes.FeedUnreachable)]
    [InlineData("25P04", ErrorCodes.FeedUnreachable)]
    [InlineData("40P01", ErrorCodes.FeedUnreachable)]
    [InlineData("53100", ErrorCodes.FeedUnreachable)]
    [InlineData("53400", ErrorCodes.FeedSetup)]
    [InlineData("55006", ErrorCodes.FeedBusy)]
    [InlineData("55P03", ErrorCodes.FeedUnreachable)]
    [InlineData("57014", ErrorCodes.FeedUnreachable)]
    [InlineData("57P01", ErrorCodes.FeedUnreachable)]
    [InlineData("58030", ErrorCodes.FeedUnreachable)]
    [InlineData("28P01", ErrorCodes.FeedSetup)]
    [InlineData("42P01", ErrorCodes.FeedSetup)]
    public async Task A_state_of_the_server_says_whether_it_passes(string state, string code)
    {
        await using var database = new SourceDatabase("postgres://u@h/d", "shop", TimeSpan.Zero);

        FeedErrors.Translate(database, new PostgresException("no", "ERROR", "ERROR", state)).Code.ShouldBe(code);
    }
}
