using Shouldly;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Records;
using Tidemark.Reporting;
using Xunit;

namespace Tidemark.Tests.Reporting;

public sealed class ChurnHistoryTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(1000);
    private static readonly CostCorpus Corpus = new(Documents: 100, Chunks: 1000, Tokens: 100_000, Bytes: 400_000);

    [Fact]
    public void A_first_load_alone_is_no_churn()
    {
        var churn = Measure(Load(1, ago: 5));

        (churn.Daily, churn.ObservedDays, churn.Runs, churn.Days).ShouldBe((null, null, 0, 30));
    }

    [Fact]
    public void Changes_are_counted_by_day_since_the_load()
    {
        var churn = Measure(
            Load(1, ago: 10),
            Run(2, ago: 6, updated: 8, chunks: 12),
            Run(3, ago: 1, added: 2, chunks: 18, inputs: 15, reused: 15));

        churn.Daily!.Value.ShouldBe(0.003, 1e-9, "30 of 1000 chunks in 10 days");
        churn.Written!.Value.ShouldBe(0.01, 1e-9, "10 of 100 documents in 10 days");
        churn.Edited!.Value.ShouldBe(0.01, 1e-9);
        churn.Reused.ShouldBe(0.5, 1e-9);
        (churn.ObservedDays, churn.Runs).ShouldBe((10, 2));
    }

    [Fact]
    public void Only_what_lies_within_the_days_counts()
    {
        var churn = Measure(Load(1, ago: 90), Run(2, ago: 40, updated: 50, chunks: 500), Run(3, ago: 3, updated: 30, chunks: 30));

        (churn.ObservedDays, churn.Runs).ShouldBe((30, 1));
        churn.Daily!.Value.ShouldBe(0.001, 1e-9);
    }

    [Fact]
    public void What_happens_on_the_first_day_is_a_days_worth() =>
        Measure(Load(1, ago: 0.01), Run(2, ago: 0.001, updated: 1, chunks: 10)).Daily!.Value.ShouldBe(0.01, 1e-9);

    [Fact]
    public void Metadata_is_written_and_not_edited()
    {
        var churn = Measure(Load(1, ago: 10), Run(2, ago: 1, updated: 10, chunks: 10, patched: 60));

        churn.Written!.Value.ShouldBe(0.01, 1e-9);
        churn.Edited!.Value.ShouldBe(0.004, 1e-9, "6 documents' worth of chunks were patched only");
        churn.Daily!.Value.ShouldBe(0.001, 1e-9);
        churn.Reused.ShouldBe(0);
    }

    [Fact]
    public void Another_sources_first_load_an_import_a_rebuild_and_a_forced_run_are_no_churn()
    {
        var churn = Measure(
            [new LedgerEntry(new LedgerMonth(1), 5, EmbeddingCause.Force, 1, default)],
            Load(1, ago: 10),
            Run(2, ago: 5, updated: 1, chunks: 10),
            Run(3, ago: 4, added: 50, chunks: 400) with { Sources = ["docs", "more"] },
            Run(4, ago: 3, chunks: 1000),
            Run(5, ago: 2, updated: 100, chunks: 1000),
            Run(6, ago: 1, added: 5, chunks: 50) with { Command = "import" });

        churn.Runs.ShouldBe(1);
        churn.Daily!.Value.ShouldBe(0.001, 1e-9);
    }

    [Fact]
    public void A_load_that_was_interrupted_goes_on_in_the_next_run()
    {
        var churn = Measure(
            Run(1, ago: 9, added: 40, chunks: 400) with { Outcome = RunOutcome.Budget },
            Run(2, ago: 8, added: 60, chunks: 600),
            Run(3, ago: 4),
            Run(4, ago: 3, updated: 4, chunks: 8));

        (churn.ObservedDays, churn.Runs).ShouldBe((8, 2));
        churn.Daily!.Value.ShouldBe(0.001, 1e-9);
    }

    [Theory]
    [InlineData("sync", true)]
    [InlineData("apply", true)]
    [InlineData("worker", true)]
    [InlineData("put", true)]
    [InlineData("delete", true)]
    [InlineData("restore", false)]
    public void What_people_change_is_churn(string command, bool counts) =>
        Measure(Load(1, ago: 10), Run(2, ago: 1, updated: 1, chunks: 1) with { Command = command }).Runs.ShouldBe(counts ? 1 : 0);

    [Theory]
    [InlineData(EmbeddingCause.Unknown, true)]
    [InlineData(EmbeddingCause.Text, true)]
    [InlineData(EmbeddingCause.Supplied, true)]
    [InlineData(EmbeddingCause.Chunker, false)]
    [InlineData(EmbeddingCause.Model, false)]
    [InlineData(EmbeddingCause.Repair, false)]
    public void What_was_embedded_for_another_reason_than_a_text_is_none(EmbeddingCause cause, bool counts) =>
        Measure([new LedgerEntry(new LedgerMonth(1), 2, cause, 1, default)], Load(1, ago: 10), Run(2, ago: 1, updated: 1, chunks: 1))
            .Runs.ShouldBe(counts ? 1 : 0);

    [Theory]
    [InlineData(RunOutcome.Succeeded, 1)]
    [InlineData(RunOutcome.Partial, 1)]
    [InlineData(RunOutcome.Guarded, 1)]
    [InlineData(RunOutcome.Failed, 0)]
    [InlineData(RunOutcome.Cancelled, 0)]
    [InlineData(null, 0)]
    public void Only_a_load_that_got_through_is_behind_one(RunOutcome? outcome, int runs) =>
        Measure(Load(1, ago: 10) with { Outcome = outcome }, Run(2, ago: 1, updated: 1, chunks: 1)).Runs.ShouldBe(runs);

    [Fact]
    public void A_run_at_the_very_beginning_of_the_days_counts_and_one_that_is_not_over_does_not() =>
        Measure(
            Load(1, ago: 40),
            Run(2, ago: 30, updated: 1, chunks: 1),
            Run(3, ago: 1, updated: 1, chunks: 1) with { Outcome = null }).ShouldSatisfyAllConditions(
            churn => churn.Runs.ShouldBe(1), churn => churn.ObservedDays.ShouldBe(30));

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(100, 0)]
    public void Of_an_empty_index_no_share_changes(long documents, long chunks) =>
        ChurnHistory.Measure([Run(2, ago: 1, updated: 1, chunks: 1), Load(1, ago: 10)], [], new CostCorpus(documents, chunks, 0, 0), 30, Now)
            .ShouldBe(new CostChurn(30, null, 0, null, null, null, 0));

    [Fact]
    public void New_documents_are_written_too_and_chunks_that_outweigh_them_are_edited()
    {
        var churn = Measure(Load(1, ago: 10), Run(2, ago: 1, added: 3, updated: 2, chunks: 200, inputs: 30, reused: 10));

        churn.Daily!.Value.ShouldBe(0.02, 1e-9);
        churn.Edited!.Value.ShouldBe(0.02, 1e-9);
        churn.Written!.Value.ShouldBe(0.02, 1e-9, "no less is written than edited");
        churn.Reused.ShouldBe(0.25, 1e-9);
    }

    [Fact]
    public void What_several_runs_patched_sent_and_reused_is_added_up()
    {
        var churn = Measure(
            Load(1, ago: 10),
            Run(2, ago: 2, updated: 10, chunks: 10, patched: 20, inputs: 30, reused: 10),
            Run(3, ago: 1, updated: 10, chunks: 10, patched: 40, inputs: 10, reused: 30));

        churn.Written!.Value.ShouldBe(0.02, 1e-9);
        churn.Edited!.Value.ShouldBe(0.014, 1e-9, "6 documents' worth of chunks were patched only");
        churn.Reused.ShouldBe(0.5, 1e-9);
    }

    private static CostChurn Measure(params RunRecord[] runs) => Measure([], runs);

    private static CostChurn Measure(IReadOnlyList<LedgerEntry> paid, params RunRecord[] runs) =>
        ChurnHistory.Measure([.. runs.Reverse()], paid, Corpus, 30, Now);

    private static RunRecord Load(long id, double ago) => Run(id, ago, added: 100, chunks: 1000);

    private static RunRecord Run(
        long id, double ago, long added = 0, long updated = 0, long chunks = 0, long patched = 0, long inputs = 0, long reused = 0) => new()
        {
            Id = id,
            Namespace = "default",
            Command = "sync",
            Sources = ["docs"],
            StartedAt = Now.AddDays(-ago),
            FinishedAt = Now.AddDays(-ago),
            Outcome = RunOutcome.Succeeded,
            ReportJson = $$"""
                {"documents":{"added":{{added}},"updated":{{updated}} },"chunks":{"added":{{chunks}},"patched":{{patched}} },
                 "embedding":{"inputs":{{inputs}},"reused":{{reused}} } }
                """,
        };
}
