using Shouldly;
using Tidemark.Reporting;
using Xunit;

namespace Tidemark.Tests.Reporting;

public sealed class StrategyCostsTests
{
    /// <summary>A million documents of a thousand tokens each, in ten chunks.</summary>
    private static readonly CostCorpus Corpus = new(1_000_000, 10_000_000, 1_000_000_000, 4_000_000_000);

    private static readonly CostChurn Churn =
        new(Days: 30, ObservedDays: 30, Runs: 30, Daily: 0.002, Written: 0.02, Edited: 0.01, Reused: 0.25);

    private static readonly CostChurn Unknown = new(30, null, 0, null, null, null, 0);

    [Fact]
    public void Each_strategy_sends_what_it_does_not_know_to_be_unchanged()
    {
        var costs = StrategyCosts.Of(Corpus, Churn, 0.02m);

        costs.Select(one => (one.Name, one.Tokens, one.Monthly)).ShouldBe(
        [
            ("nightly-full", 30_000_000_000, 600m),
            ("per-write", 600_000_000, 12m),
            ("change-feed", 300_000_000, 6m),
            ("hash-based", 45_000_000, 0.9m),
        ]);
    }

    [Theory]
    [InlineData(10, 6000, 120, 60, 9)]
    [InlineData(100, 60000, 1200, 600, 90)]
    public void Costs_grow_with_the_corpus(int scale, int nightly, int written, int fed, int hashed) =>
        StrategyCosts.Of(Corpus, Churn, 0.02m, scale).Select(one => one.Monthly).ShouldBe([nightly, written, fed, hashed]);

    [Fact]
    public void Documents_follow_another_churn_in_the_proportion_that_was_measured()
    {
        var costs = StrategyCosts.Of(Corpus, Churn.At(0.2), 0.02m);

        costs.Select(one => one.Monthly).ShouldBe([600m, 1200m, 600m, 90m], "a feed embeds a document once a day, a write each time");
    }

    [Theory]
    [InlineData(3, 2, 2)]
    [InlineData(1.5, 2, 1.5)]
    [InlineData(3, 0.5, 1)]
    [InlineData(0.5, 2, 0.5)]
    public void A_feed_embeds_no_oftener_than_daily_or_than_chunks_change(double edited, double daily, double share) =>
        StrategyCosts.Of(Corpus, Churn with { Edited = edited, Daily = daily }, 1m)[2].Tokens.ShouldBe((long)(30_000_000_000 * share));

    [Theory]
    [InlineData(0.002, 0.004, 0.04, 0.02, 0.25)]
    [InlineData(0.0, 0.004, 0.004, 0.004, 0)]
    [InlineData(null, 0.004, 0.004, 0.004, 0)]
    public void An_assumed_churn_keeps_the_proportions_that_were_measured(double? measured, double assumed, double written, double edited, double reused)
    {
        var churn = (Churn with { Daily = measured }).At(assumed);

        (churn.Daily, churn.Reused).ShouldBe((assumed, reused));
        churn.Written!.Value.ShouldBe(written, 1e-12);
        churn.Edited!.Value.ShouldBe(edited, 1e-12);
    }

    [Fact]
    public void A_measured_churn_that_is_projected_anyway_stands_there_once_and_in_its_place()
    {
        StrategyCosts.Project(Corpus, Churn with { Daily = 0.01 }, 0.02m).Count.ShouldBe(12);
        StrategyCosts.Project(Corpus, Churn with { Daily = 0.1 }, 0.02m).Take(5).Select(one => one.Churn).ShouldBe([0.005, 0.01, 0.05, 0.1, 0.2]);
        StrategyCosts.Rounded(1.23456789m).ShouldBe(1.234568m);
        StrategyCosts.Rounded(null).ShouldBeNull();
    }

    [Fact]
    public void Without_a_history_only_the_nightly_rebuild_is_known_and_an_assumed_churn_is_of_whole_documents()
    {
        StrategyCosts.Of(Corpus, Unknown, 0.02m).Select(one => one.Monthly).ShouldBe([600m, null, null, null]);
        StrategyCosts.Of(Corpus, Unknown.At(0.01), 0.02m).Select(one => one.Monthly).ShouldBe([600m, 6m, 6m, 6m]);
    }

    [Fact]
    public void No_price_is_not_a_price_of_zero()
    {
        StrategyCosts.Of(Corpus, Churn, null).ShouldAllBe(one => one.Monthly == null && one.Tokens > 0);
        StrategyCosts.Of(Corpus, Churn, 0m).ShouldAllBe(one => one.Monthly == 0);
        StrategyCosts.NotesOn(Corpus, Churn, "openai:own:3", null).ShouldHaveSingleItem().ShouldContain("'openai:own:3'");
        StrategyCosts.NotesOn(Corpus, Churn, "hashing:384", 0).ShouldHaveSingleItem().ShouldContain("is free");
        StrategyCosts.NotesOn(Corpus, Unknown, "x", 1).ShouldHaveSingleItem().ShouldContain("CostOptions.Churn");
        StrategyCosts.NotesOn(new CostCorpus(0, 0, 0, 0), Unknown, "x", 1).ShouldHaveSingleItem().ShouldContain("'SyncAsync(SOURCE)'");
        StrategyCosts.NotesOn(Corpus, Churn, "x", 1).ShouldBeEmpty();
    }

    [Fact]
    public void Projections_go_through_sizes_and_churns()
    {
        var projections = StrategyCosts.Project(Corpus, Churn, 0.02m);

        projections.Select(one => (one.Scale, one.Churn)).ShouldBe(
        [
            (1, 0.002), (1, 0.005), (1, 0.01), (1, 0.05), (1, 0.2),
            (10, 0.002), (10, 0.005), (10, 0.01), (10, 0.05), (10, 0.2),
            (100, 0.002), (100, 0.005), (100, 0.01), (100, 0.05), (100, 0.2),
        ]);
        projections[0].Strategies.ShouldBe(StrategyCosts.Of(Corpus, Churn, 0.02m));
        projections[^1].Strategies[3].Monthly.ShouldBe(9000m);
        StrategyCosts.Project(Corpus, Unknown, 0.02m).Count.ShouldBe(12, "without a measured one");
    }
}
