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
