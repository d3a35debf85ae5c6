using Shouldly;
using Tidemark.Cli.Output;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Output;

public sealed class SyncViewTests
{
    private static readonly Dictionary<string, SourcePlace> Places =
        new(StringComparer.Ordinal) { ["docs"] = new SourcePlace("file", "/work/docs") };

    private static readonly SyncReport Report = new()
    {
        Run = 1,
        Namespace = "default",
        Cleanup = "full",
        Outcome = RunOutcome.Succeeded,
        Documents = new DocumentCounts(1389, 13, 38, 1338, 11, 9, 0, 0, 0),
        Chunks = new ChunkCounts(75, 0, 9767, 70),
        Embedding = new EmbeddingCounts("openai:m:8", 1, 61, 14, 11204, new AvoidedTokens(1_600_000, 20_000), 0.02m),
        Elapsed = TimeSpan.FromSeconds(0.41),
        Sources = [new SourceCounts("docs", 1391, 9_300_000, 0)],
    };

    [Fact]
    public void A_run_reads_like_a_sentence()
    {
        Text(SyncView.Of(Report, Places)).ShouldBe(
            """
              docs  1,391 files, 9.3 MB in /work/docs
              1,338 unchanged · 38 edited · 4 new · 9 moved · 2 deleted
              embedded 61 of 9,842 chunks (0.6 %), reused 14 · 11,204 tokens · $0.000224, avoided $0.0324
              in step after 0.41 s

            """);
    }

    [Fact]
    public void What_ends_a_document_that_is_not_indexed_is_no_deletion() =>
        Text(SyncView.Of(Report with { Documents = new DocumentCounts(1, 0, 0, 0, 0, 0, 0, 0, 0) }, Places)).ShouldContain("  1 gone already\n");

    [Fact]
    public void What_a_rebuild_let_go_is_not_said_to_be_as_it_was()
    {
        var report = Report with
        {
            Outcome = RunOutcome.Partial,
            Warnings = [new ItemWarning("d7", ErrorCodes.EmbeddingRefused, "'d7' has left the index", "change its text")],
        };

        var text = Text(SyncView.Of(report, Places));

        text.ShouldContain("what the model refuses has left the index");
        text.ShouldNotContain("as it was");
    }

    [Theory]
    [InlineData(RunOutcome.Cancelled)]
    [InlineData(RunOutcome.Budget)]
    [InlineData(RunOutcome.Failed)]
    public void A_run_that_did_not_get_through_claims_no_share_of_what_it_never_saw(RunOutcome outcome)
    {
        var report = Report with
        {
            Outcome = outcome,
            Chunks = new ChunkCounts(28, 0, 0, 0),
            Embedding = Report.Embedding with { Inputs = 28, Reused = 0, Tokens = 300 },
        };

        var text = Text(SyncView.Of(report, Places));

        text.ShouldContain("1,391 files, 9.3 MB so far");
        text.ShouldContain("embedded 28 chunks so far · 300 tokens");
        text.ShouldNotContain("%");
    }

    [Fact]
    public void More_than_was_written_is_no_share_of_it()
    {
        var report = Report with
        {
            Chunks = new ChunkCounts(6, 0, 0, 0),
            Embedding = Report.Embedding with { Inputs = 9, Reused = 0, Tokens = 300 },
        };

        var text = Text(SyncView.Of(report, Places));

        text.ShouldContain("embedded 9 chunks · 300 tokens");
        text.ShouldNotContain("%");
    }

    [Fact]
    public void What_nothing_reads_and_what_has_no_text_is_one_line()
    {
        var report = Report with
        {
            NotTaken = new Dictionary<string, long>(StringComparer.Ordinal) { [".ipynb"] = 136, [".xlsx"] = 359, [""] = 1 },
            WithoutText = 28,
        };

        Text(SyncView.Of(report, Places)).ShouldContain(
            "\n  359 .xlsx, 136 .ipynb, 1 without an ending not taken (no extractor for them) · 28 documents have no text\n");
    }

    [Fact]
    public void Warnings_are_told_as_such()
    {
        var report = Report with { Warnings = [new("docs", ErrorCodes.SourceEmpty, "nothing of 'docs' is taken", "look there")] };

        Text(SyncView.Complaints(report, all: false))
            .ShouldBe("  warning: nothing of 'docs' is taken [source.empty]\n    look there\n");
        Text(SyncView.Of(report, Places)).ShouldNotContain("in step");
    }

    [Fact]
    public void What_the_guard_held_back_comes_with_the_way_out()
    {
        var report = Report with { Guard = new GuardReport(1391, 1, "docs", "Run it with --allow-delete.") };

        Text(SyncView.Complaints(report, all: false)).ShouldBe(
            """
              docs: held back 1,391 deletions, 100 % of its documents. Nothing was lost.
              Run it with --allow-delete.

            """);
    }

    [Fact]
    public void Ten_failures_are_shown_and_the_rest_counted_unless_all_are_asked_for()
    {
        var report = Report with
        {
            Errors = [.. Enumerable.Range(1, 12).Select(i =>
                new ItemFailure($"line {i}", ErrorCodes.SourceMalformed, "not JSON", "correct it", true))],
        };

        var few = Text(SyncView.Complaints(report, all: false));

        few.ShouldContain("  line 10: not JSON [source.malformed]\n    correct it\n");
        few.ShouldNotContain("line 11");
        few.ShouldContain("and 2 more");
        Text(SyncView.Complaints(report, all: true)).ShouldContain("line 12");
    }

    [Fact]
    public void A_plan_lists_what_would_happen_to_each_document()
    {
        var plan = Report with
        {
            Run = null,
            Embedding = new EmbeddingCounts("hashing:384", 0, 13, 0, 2500, new AvoidedTokens(0, 0), 0),
            Changes =
            [
                new("docs/new.md", "added", "new", new ChunkCounts(12, 0, 0, 0), 2310),
                new("docs/install.md", "edited", "text", new ChunkCounts(1, 0, 13, 1), 190),
                new("docs/guide/old.md", "moved", "new", new ChunkCounts(0, 0, 9, 0), 0, "docs/old.md"),
                new("docs/gone.md", "deleted", "removed", new ChunkCounts(0, 0, 0, 7), 0),
                new("docs/same.md", "touched", "token", new ChunkCounts(0, 0, 1, 0), 0),
            ],
        };

        var text = Text(PlanView.Of(plan, Places, verbose: false));

        text.ShouldContain("  +  docs/new.md ");
        text.ShouldContain("  12 chunks ");
        text.ShouldContain("  2,310 tokens\n");
        text.ShouldContain("1 of 14");
        text.ShouldContain("docs/old.md → docs/guide/old.md");
        text.ShouldNotContain("same.md");
        text.ShouldEndWith("  4 documents, 13 chunks to embed, 2,500 tokens. Nothing was written.\n");
        Text(PlanView.Of(plan, Places, verbose: true)).ShouldContain("same.md");
    }

    private static string Text(IEnumerable<Block> blocks)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        PlainRenderer.Render(writer, blocks);
        return writer.ToString();
    }
}
