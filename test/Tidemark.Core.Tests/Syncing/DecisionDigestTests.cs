using Shouldly;
using Tidemark.Documents;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

/// <summary>What may not be other under one version number is in the digest, and nothing else.</summary>
public sealed class DecisionDigestTests
{
    private static readonly Document One = new() { Id = "a", Text = "text", ExpiresAt = DateTimeOffset.UnixEpoch, Tier = "premium" };

    public static TheoryData<Document, bool> Others => new()
    {
        { One with { Text = "other" }, true },
        { One with { Metadata = DocumentMetadata.Parse("""{"k":1}""") }, true },
        { One with { ExpiresAt = null }, true },
        { One with { Tier = "archived" }, true },
        { One with { Tier = null }, true },
        { One with { SourceId = "b" }, true },
        { One with { Id = "b", SourceId = "a" }, false },
        { One with { Version = new DocumentVersion(7, null), ChangedAt = DateTimeOffset.UnixEpoch }, false },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void What_contradicts_has_another_digest(Document other, bool differs) =>
        (DecisionDigest.OfContent(other, write: null) != DecisionDigest.OfContent(One, write: null)).ShouldBe(differs);

    [Fact]
    public void An_empty_tier_is_none() =>
        DecisionDigest.OfContent(One with { Tier = "" }, write: null).ShouldBe(DecisionDigest.OfContent(One with { Tier = null }, write: null));
}
