using Shouldly;
using Tidemark.Documents;
using Tidemark.Queueing;
using Xunit;

namespace Tidemark.Tests.Queueing;

public sealed class ChangePriorityTests
{
    [Theory]
    [InlineData("premium", null, ChangePriority.Premium)]
    [InlineData("archived", null, ChangePriority.Archived)]
    [InlineData("standard", null, ChangePriority.Standard)]
    [InlineData(null, null, ChangePriority.Standard)]
    [InlineData(null, "premium", ChangePriority.Premium)]
    [InlineData(null, "archived", ChangePriority.Archived)]
    [InlineData("standard", "premium", ChangePriority.Standard)]
    public void The_documents_own_tier_counts_else_that_of_a_rule(string? own, string? ruled, ChangePriority priority) =>
        ChangePriorities.Of(new DocumentChange.Upsert(new Document { Id = "a", Text = "x", Tier = own }) { RuledTier = ruled }).ShouldBe(priority);

    [Fact]
    public void A_tombstone_is_claimed_as_a_standard_document_is() =>
        ChangePriorities.Of(new DocumentChange.Delete("a", "a", default, default) { RuledTier = "premium" }).ShouldBe(ChangePriority.Standard);

    [Fact]
    public void They_stand_in_the_order_of_claims() =>
        ChangePriorities.All.ShouldBe([ChangePriority.Premium, ChangePriority.Standard, ChangePriority.Archived]);
}
