using Shouldly;
using Tidemark.Documents;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class ExpiryRuleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(null, false)]
    public void A_document_is_over_from_its_end_on(int? ticks, bool over) =>
        ExpiryRule.IsOver(Make(ticks is { } after ? Noon.AddTicks(after) : null), Noon).ShouldBe(over);

    [Fact]
    public void It_ends_under_the_version_that_it_came_with_and_is_looked_at_again()
    {
        var version = new DocumentVersion(4, Noon);
        var known = new DocumentVersion(3, null);

        var end = ExpiryRule.Applied(new DocumentChange.Upsert(Make(Noon) with { SourceId = "group", Version = version }) { Known = known });

        end.ShouldBe(new DocumentChange.Delete("a", "group", version, ChangeToken.None) { IsExpiry = true, Known = known });
    }

    private static Document Make(DateTimeOffset? end) => new()
    {
        Id = "a",
        Text = "text",
        Token = new ChangeToken(ContentHash.Of("a")),
        ExpiresAt = end,
    };
}
