using Shouldly;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Xunit;
using static Tidemark.Core.Tests.Lifecycle.LifecycleStates;

namespace Tidemark.Core.Tests.Lifecycle;

/// <summary>Of which documents something is forgotten, purged or brought back.</summary>
public sealed class TargetTests
{
    private static readonly DocumentSummary One = Document("docs/a") with { SourceId = "group", Metadata = DocumentMetadata.Parse("""{"k":1}""") };

    public static TheoryData<ForgetTarget, bool> Forgotten => new()
    {
        { ForgetTarget.Document("docs/a"), true },
        { ForgetTarget.Document("group"), false },
        { ForgetTarget.SourceId("group"), true },
        { ForgetTarget.SourceId("docs/a"), false },
        { ForgetTarget.Matching(MetadataFilter.Parse("k=1")), true },
        { ForgetTarget.Matching(MetadataFilter.Parse("k=2")), false },
        { ForgetTarget.Matching(MetadataFilter.Parse("k=1") with { Path = "docs" }), true },
        { ForgetTarget.Matching(MetadataFilter.Parse("k=1") with { Path = "wiki" }), false },
        { ForgetTarget.Matching(MetadataFilter.Parse("k=1") with { Source = "wiki" }), false },
        { ForgetTarget.Named(new HashSet<string> { "docs/a" }, new HashSet<string>()), true },
        { ForgetTarget.Named(new HashSet<string>(), new HashSet<string> { "group" }), true },
        { ForgetTarget.Named(new HashSet<string> { "group" }, new HashSet<string> { "docs/a" }), false },
    };

    [Theory]
    [MemberData(nameof(Forgotten))]
    public void What_is_forgotten_is_named_or_matches(ForgetTarget target, bool covers) => target.Covers(One).ShouldBe(covers);

    public static TheoryData<PurgeTarget, bool, bool> Purged => new()
    {
        { new PurgeTarget { Age = TimeSpan.FromDays(3) }, false, true },
        { new PurgeTarget { Age = TimeSpan.FromDays(3) + TimeSpan.FromTicks(1) }, false, false },
        { new PurgeTarget { Document = "docs/a" }, true, true },
        { new PurgeTarget { Document = "docs/b" }, false, false },
        { new PurgeTarget { SourceId = "group" }, true, true },
        { new PurgeTarget { SourceId = "docs/a" }, false, false },
        { new PurgeTarget { Document = "docs/a", SourceId = "other" }, false, false },
        { new PurgeTarget { Document = "docs/b", SourceId = "group" }, false, false },
        { new PurgeTarget { Document = "docs/a", SourceId = "group", Age = TimeSpan.FromDays(4) }, true, false },
    };

    [Theory]
    [MemberData(nameof(Purged))]
    public void What_is_purged_is_named_and_old_enough(PurgeTarget target, bool names, bool covers)
    {
        var gone = Gone(One, Now.AddDays(-3));

        (target.Names(gone), target.Covers(gone, Now)).ShouldBe((names, covers));
        target.Covers(gone with { Until = null }, Now).ShouldBeFalse("it is not closed");
    }

    public static TheoryData<RestoreTarget, bool> Restored => new()
    {
        { RestoreTarget.Document("docs/a"), true },
        { RestoreTarget.Document("group"), false },
        { RestoreTarget.Source("group"), true },
        { RestoreTarget.Source("docs"), true },
        { RestoreTarget.Source("docs/a"), false },
        { RestoreTarget.OfRun(1), true },
    };

    [Theory]
    [MemberData(nameof(Restored))]
    public void What_is_brought_back_is_named_by_itself_or_its_source(RestoreTarget target, bool covers) => target.Covers(One).ShouldBe(covers);

    [Fact]
    public void What_has_no_name_is_no_target()
    {
        Should.Throw<ArgumentException>(() => ForgetTarget.Document(""));
        Should.Throw<ArgumentException>(() => ForgetTarget.SourceId(""));
        Should.Throw<ArgumentNullException>(() => ForgetTarget.Matching(null!));
        Should.Throw<ArgumentException>(() => RestoreTarget.Document(""));
        Should.Throw<ArgumentException>(() => RestoreTarget.Source(""));
        Should.Throw<ArgumentOutOfRangeException>(() => RestoreTarget.OfRun(0));
        (RestoreTarget.OfRun(1).Run, RestoreTarget.Source("group").Run).ShouldBe((1, null));
    }
}
