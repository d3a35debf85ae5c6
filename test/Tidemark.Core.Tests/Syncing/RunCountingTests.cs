using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Tests.Syncing.Decisions;

namespace Tidemark.Tests.Syncing;

public sealed class RunCountingTests
{
    private readonly RunTally _tally = new();

    [Theory]
    [InlineData(Verdict.Unchanged, "1 0 0 1 0 0 0")]
    [InlineData(Verdict.Added, "1 1 0 0 0 0 0")]
    [InlineData(Verdict.Edited, "1 0 1 0 0 0 0")]
    [InlineData(Verdict.Metadata, "1 0 1 0 0 0 0")]
    [InlineData(Verdict.Reembedded, "1 0 1 0 0 0 0")]
    [InlineData(Verdict.Outdated, "1 0 0 0 0 1 0")]
    [InlineData(Verdict.Forgotten, "1 0 0 0 0 0 1")]
    [InlineData(Verdict.Deleted, "1 0 0 0 1 0 0")]
    [InlineData(Verdict.Buried, "1 0 0 0 0 0 0")]
    public void Every_item_counts_once_and_as_what_it_was(object verdict, string seenAddedUpdatedSkippedDeletedOutdatedForgotten)
    {
        RunCounting.Count(_tally, Of(Upsert("a", "text"), (Verdict)verdict));

        Counts().ShouldBe(seenAddedUpdatedSkippedDeletedOutdatedForgotten);
    }

    [Fact]
    public void What_is_unchanged_counts_with_its_chunks_and_what_is_buried_as_a_tombstone()
    {
        RunCounting.CountUnchanged(_tally, new DocumentGlance { Key = new DocumentKey(1), State = DocumentState.Live, Chunks = 3 });
        RunCounting.CountUnchanged(_tally, new DocumentGlance { Key = new DocumentKey(2), State = DocumentState.Live });
        RunCounting.CountUnchanged(_tally, new DocumentGlance { Key = new DocumentKey(3), State = DocumentState.Tombstoned });

        Counts().ShouldBe("3 0 0 2 0 0 0");
        (_tally.Tombstones, _tally.Chunks.Unchanged, _tally.WithoutText.Count).ShouldBe((1, 3, 1));
    }

    [Theory]
    [InlineData(Verdict.Edited, 4)]
    [InlineData(Verdict.Unchanged, 7)]
    [InlineData(Verdict.Outdated, 7)]
    public void Chunks_are_counted_as_they_were_decided_or_as_they_stay(object verdict, int unchanged)
    {
        var decision = Of(Upsert("a", "text"), (Verdict)verdict) with { Chunks = new ChunkDiffResult([], 1, 2, 4, 3) };

        RunCounting.Count(_tally, decision with { Glance = new DocumentGlance { Key = new DocumentKey(1), Chunks = 7 } });

        _tally.Chunks.ShouldBe(new ChunkCounts(1, 2, unchanged, 3));
    }

    [Fact]
    public void Tokens_are_needed_for_what_brings_no_vector()
    {
        EmbeddingInput[] inputs = [new(ContentHash.Of("a"), "eight by", default), new(ContentHash.Of("b"), "whatever", new float[] { 1 })];

        RunCounting.Count(_tally, Of(Upsert("a", "text")) with { Inputs = inputs });

        (_tally.NeededTokens, _tally.OwnVectors).ShouldBe((2, 1));
    }

    [Fact]
    public void A_document_is_without_text_as_the_last_of_its_items_left_it()
    {
        var put = TestWrites.Put("a", new SourceKey(1), ["text"]);
        var empty = new DocumentGlance { Key = new DocumentKey(1), State = DocumentState.Live };

        Look(Of(Upsert("a", "text")) with { Write = put with { Chunks = [] } }).ShouldBe(1);
        Look(Of(Upsert("a", "text")) with { Write = put }).ShouldBe(0);
        Look(Of(Upsert("a", "text"), Verdict.Unchanged) with { Glance = empty }).ShouldBe(1);
        Look(Of(Delete("a"), Verdict.Deleted) with { Glance = empty }).ShouldBe(0);
        Look(Of(Upsert("a", "text"), Verdict.Outdated) with { Glance = empty }).ShouldBe(1);
        Look(Of(Upsert("a", "text"), Verdict.Outdated) with { Glance = empty with { Chunks = 1 } }).ShouldBe(0);
        Look(Of(Upsert("a", "text"), Verdict.Unchanged) with { Glance = empty with { State = DocumentState.Removed } }).ShouldBe(0);

        long Look(Decision decision)
        {
            RunCounting.Count(_tally, decision);
            return _tally.WithoutText.Count;
        }
    }

    /// <summary>An item that was judged late: what counted of its document before, what it is, what is counted then.</summary>
    [Theory]
    [InlineData("", false, Verdict.Added, "1 1 0 0 0 0 0")]
    [InlineData("skipped", true, Verdict.Edited, "1 0 1 0 0 0 0")]
    [InlineData("skipped", true, Verdict.Metadata, "1 0 1 0 0 0 0")]
    [InlineData("skipped", true, Verdict.Reembedded, "1 0 1 0 0 0 0")]
    [InlineData("skipped", true, Verdict.Added, "1 0 1 0 0 0 0")]
    [InlineData("skipped", true, Verdict.Unchanged, "1 0 0 1 0 0 0")]
    [InlineData("skipped", true, Verdict.Deleted, "1 0 0 0 1 0 0")]
    [InlineData("updated", true, Verdict.Edited, "1 0 1 0 0 0 0")]
    [InlineData("updated", true, Verdict.Deleted, "1 0 0 0 1 0 0")]
    [InlineData("added", true, Verdict.Edited, "1 1 0 0 0 0 0")]
    [InlineData("added", true, Verdict.Deleted, "1 0 0 0 0 0 0")]
    public void A_late_item_counts_its_document_as_what_it_is_now(string before, bool counted, object verdict, string after)
    {
        var run = NewRun();
        (_tally.Skipped, _tally.Updated, _tally.Added) = (before == "skipped" ? 1 : 0, before == "updated" ? 1 : 0, before == "added" ? 1 : 0);
        if (before is "updated" or "added")
        {
            run.Marks.Changed.Add(1);
        }

        if (before == "added")
        {
            run.Marks.Added.Add(1);
        }

        RunCounting.CountSecondLook(run, Of(Upsert("a", "text"), (Verdict)verdict, key: 1), counted);

        Counts().ShouldBe(after);
    }

    private string Counts()
    {
        var d = _tally.Documents;
        return $"{d.Seen} {d.Added} {d.Updated} {d.Skipped} {d.Deleted} {d.Outdated} {d.Forgotten}";
    }

    private RunContext NewRun() => new()
    {
        Tally = _tally,
        Session = null!,
        Pipeline = null!,
        Request = new SyncOptions(),
        Sink = null!,
        Progress = null!,
        StartedAt = default,
        LastCompleteSync = null,
        StartSequence = 0,
        Listener = null,
        NewPlanSink = () => throw new NotSupportedException(),
    };
}
