using Shouldly;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Tests.Syncing.Decisions;

namespace Tidemark.Tests.Syncing;

/// <summary>What a tombstone concerns, and which of two items of one id contradict each other.</summary>
public sealed class DocumentDiffConcernTests
{
    private static readonly SourceKey Here = new(1);
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-1, Verdict.Deleted)]
    [InlineData(0, Verdict.Deleted)]
    [InlineData(1, Verdict.Outdated)]
    [InlineData(null, Verdict.Outdated)]
    public void The_end_of_a_time_ends_what_still_has_that_time(int? ticks, object verdict) =>
        Judge(
            Stored("group", null) with { ExpiresAt = ticks is { } after ? Noon.AddTicks(after) : null },
            Tombstone(null) with { IsExpiry = true, IfExpiredBy = Noon }).ShouldBe((Verdict)verdict);

    [Theory]
    [InlineData("group", false, false, null, Verdict.Deleted)]
    [InlineData("other", false, false, null, Verdict.Deleted)]
    [InlineData("group", true, false, null, Verdict.Deleted)]
    [InlineData("other", true, false, null, Verdict.Outdated)]
    [InlineData("other", true, true, 4L, Verdict.Outdated)]
    [InlineData("other", true, true, 5L, Verdict.Outdated)]
    [InlineData("other", true, true, 6L, Verdict.Deleted)]
    [InlineData("other", true, true, null, Verdict.Deleted)]
    public void A_tombstone_of_a_source_id_ends_what_has_it_or_would_have_got_it(
        string sourceId, bool ofSource, bool replaced, long? number, object verdict)
    {
        var tombstone = Tombstone(null) with { IsOfSource = ofSource, Replaced = replaced ? new DocumentVersion(number, null) : null };

        Judge(Stored(sourceId, 5), tombstone).ShouldBe((Verdict)verdict);
        Judge(Stored(sourceId, 5), tombstone, new JudgeOptions(IgnoreVersions: true))
            .ShouldBe(replaced ? Verdict.Deleted : (Verdict)verdict);
    }

    [Fact]
    public void Of_equal_times_what_was_replaced_would_have_been_taken()
    {
        var tombstone = Tombstone(null) with { IsOfSource = true, Replaced = new DocumentVersion(null, Noon) };

        Judge(Stored("other", null, Noon), tombstone).ShouldBe(Verdict.Deleted);
        Judge(Stored("other", null, Noon.AddTicks(1)), tombstone).ShouldBe(Verdict.Outdated);
        Judge(Stored("other", 3, Noon), tombstone).ShouldBe(Verdict.Deleted, "only one of them has a number");
    }

    [Fact]
    public void What_has_ended_already_is_not_ended_again_by_its_time()
    {
        var dead = Stored("group", null) with { Glance = new DocumentGlance { Key = new DocumentKey(1), State = DocumentState.Expired, Source = Here } };

        Judge(dead, Tombstone(null) with { IsExpiry = true }).ShouldBe(Verdict.Unchanged);
        Judge(dead, Tombstone(null)).ShouldBe(Verdict.Buried);
        Judge(dead with { Version = new DocumentVersion(5, null) }, Tombstone(6) with { IsExpiry = true }).ShouldBe(Verdict.Buried);
    }

    [Theory]
    [InlineData("one", 1L, "two", 1L, true)]
    [InlineData("one", 1L, "one", 1L, false)]
    [InlineData("one", 1L, "two", 2L, false)]
    [InlineData("one", null, "two", null, false)]
    public void Two_items_contradict_each_other_under_one_number_alone(string one, long? first, string other, long? second, bool contradicts)
    {
        var (earlier, later) = (Of(Upsert("a", one, first)), Of(Upsert("a", other, second)));

        DocumentDiff.Contradict(earlier, later).ShouldBe(contradicts);
        DocumentDiff.Contradict(earlier, later with { IgnoresVersion = true }).ShouldBeFalse();
        DocumentDiff.Contradict(Of(Delete("a", first)), later).ShouldBeFalse();
        DocumentDiff.Contradict(earlier, Of(Delete("a", second))).ShouldBeFalse();
    }

    [Fact]
    public void What_only_rules_make_of_a_document_does_not_contradict_it()
    {
        var stored = Stored("a", 5) with { TextHash = ContentHash.Of("text") };
        var document = new Document { Id = "a", SourceId = "a", Text = "text", Version = new DocumentVersion(5, null), Tier = "premium" };

        DocumentDiff.Judge(stored, document, stored.TextHash, Here, new JudgeOptions(Ruled: ChangedInputs.Tier)).ShouldBe(Verdict.Metadata);
        Should.Throw<ItemException>(
            () => DocumentDiff.Judge(stored, document, stored.TextHash, Here, new JudgeOptions(Ruled: ChangedInputs.ExpiresAt)))
            .Code.ShouldBe(ErrorCodes.VersionConflict);
    }

    [Theory]
    [InlineData(7UL, false)]
    [InlineData(0UL, true)]
    public void Nor_does_what_was_judged_by_other_rules_whatever_the_rules_are_now(ulong mark, bool contradicts)
    {
        var token = new ChangeToken(ContentHash.Of("item"));
        var stored = Stored("a", 5) with { TextHash = ContentHash.Of("text") };
        stored = stored with { Glance = stored.Glance with { Token = token } };
        var document = new Document
        {
            Id = "a",
            SourceId = "a",
            Text = "text",
            Version = new DocumentVersion(5, null),
            Tier = "premium",
            ExpiresAt = DateTimeOffset.UnixEpoch,
            Token = token.MarkedBy(mark),
        };

        if (contradicts)
        {
            Should.Throw<ItemException>(() => DocumentDiff.Judge(stored, document, stored.TextHash, Here, default)).Code.ShouldBe(ErrorCodes.VersionConflict);
        }
        else
        {
            DocumentDiff.Judge(stored, document, stored.TextHash, Here, default).ShouldBe(Verdict.Metadata);
        }
    }

    private static Verdict Judge(DocumentRecord stored, DocumentChange.Delete tombstone, JudgeOptions options = default) =>
        DocumentDiff.Judge(stored, tombstone, Here, options);

    private static DocumentChange.Delete Tombstone(long? number) => new("a", "group", new DocumentVersion(number, null), ChangeToken.None);

    private static DocumentRecord Stored(string sourceId, long? number, DateTimeOffset? time = null) => new()
    {
        Glance = new DocumentGlance { Key = new DocumentKey(1), State = DocumentState.Live, Source = Here, Sequence = 3 },
        Id = "a",
        SourceId = sourceId,
        Version = new DocumentVersion(number, time),
    };
}
