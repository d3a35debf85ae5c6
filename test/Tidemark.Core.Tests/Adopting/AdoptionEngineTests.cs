using Shouldly;
using Tidemark.Adopting;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Adopting;

public sealed class AdoptionEngineTests
{
    private const string Name = "counting:32";

    private readonly InMemoryStore _store = new();
    private readonly CountingGenerator _model = new();

    [Fact]
    public async Task Each_text_is_kept_under_its_hash_and_three_are_asked_for()
    {
        var report = await AdoptAsync(Rows("a", "b", "c", "d", "e"));

        _model.Asked.ShouldBe(["a", "b", "c"]);
        (report.Outcome, report.Counts.Rows, report.Counts.Taken, report.Counts.Present).ShouldBe((RunOutcome.Succeeded, 5, 2, 3));
        report.Sample!.Similarities.ShouldAllBe(similarity => similarity > 0.9999);
        report.Sample.Usage.ShouldBe(new EmbeddingUsage(1, 3, 3));
        (await VectorAsync("e")).ShouldBe(CountingGenerator.VectorOf("e"));
    }

    [Fact]
    public async Task What_was_taken_is_taken_once()
    {
        await AdoptAsync(Rows("a", "b", "c", "d"));

        var again = await AdoptAsync(Rows("a", "b", "c", "d"), new AdoptionOptions { Trust = true });

        (again.Counts.Taken, again.Counts.Present, again.Sample).ShouldBe((0, 4, null));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_wrong_claim_takes_nothing(int seed)
    {
        var rows = Enumerable.Range(0, 40).Select(i => Row($"text {i} of {seed}", CountingGenerator.VectorOf($"another model {seed} text {i}"))).ToArray();
        var origin = new ListedOrigin(rows);

        var failure = await Should.ThrowAsync<TidemarkException>(() => AdoptAsync(origin));

        (failure.Code, origin.WasRead).ShouldBe((ErrorCodes.EmbeddingSpace, false));
        (await VectorAsync($"text 39 of {seed}")).ShouldBeNull();
        (await VectorAsync($"text 0 of {seed}")).ShouldBe(CountingGenerator.VectorOf($"text 0 of {seed}"), "it was paid for, and is the model's own");
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    /// <summary>Else vectors that were taken on trust would prove themselves.</summary>
    [Fact]
    public async Task The_model_is_asked_although_the_store_has_the_sample()
    {
        var wrong = new ListedOrigin(Row("a", CountingGenerator.VectorOf("z")));
        await AdoptAsync(wrong, new AdoptionOptions { Trust = true });

        await Should.ThrowAsync<TidemarkException>(() => AdoptAsync(wrong));

        _model.Asked.ShouldBe(["a"]);
    }

    [Fact]
    public async Task Every_row_is_counted_by_what_became_of_it()
    {
        var good = CountingGenerator.VectorOf("good");
        var origin = new ListedOrigin(
            Row("good", good),
            Row("good", good),
            Row("good", CountingGenerator.VectorOf("bad")),
            Row(null, good),
            Row("no vector", null),
            Row(" \n", good),
            Row("short", good[..8]),
            Row("zero", new float[32]),
            Row("infinite", [float.PositiveInfinity, .. good[1..]]),
            Row("half a pair \ud800", good),
            Row(null, null) with { Fault = "it is no list of numbers" },
            Row(" padded", CountingGenerator.VectorOf(" padded")));

        var report = await AdoptAsync(origin, new AdoptionOptions { Trust = true });

        report.Counts.ShouldBe(new AdoptionCounts
        {
            Rows = 12,
            Taken = 2,
            Duplicates = 1,
            Contradicting = 1,
            WithoutText = 1,
            WithoutVector = 1,
            Blank = 1,
            OtherDimensions = 1,
            Invalid = 4,
            Padded = 1,
        });
        report.Outcome.ShouldBe(RunOutcome.Partial);
        report.Errors.Count.ShouldBe(6);
        report.Errors.ShouldAllBe(error => error.Remedy.Length > 0);
    }

    [Fact]
    public async Task A_dry_run_asks_and_writes_nothing_and_counts_the_same()
    {
        var report = await AdoptAsync(Rows("a", "b", "a"), new AdoptionOptions { DryRun = true });

        (report.Counts.Taken, report.Counts.Duplicates, report.DryRun, _model.Asked.Count).ShouldBe((2, 1, true, 0));
        (await VectorAsync("a")).ShouldBeNull();
    }

    [Fact]
    public async Task Other_lengths_are_brought_to_that_of_the_model()
    {
        var origin = new ListedOrigin([.. "abcd".Select(c => Row($"{c}", Array.ConvertAll(CountingGenerator.VectorOf($"{c}"), x => 3 * x)))]);

        var report = await AdoptAsync(origin);

        report.Counts.Rescaled.ShouldBe(1);
        (await VectorAsync("d"))!.ShouldBe(CountingGenerator.VectorOf("d"), 1e-6);
    }

    [Fact]
    public async Task Longer_ones_are_cut_only_where_that_is_asked_for()
    {
        var origin = new ListedOrigin([.. "abcd".Select(c => Row($"{c}", [.. CountingGenerator.VectorOf($"{c}"), 0.5f, 0.5f]))]);

        (await Should.ThrowAsync<TidemarkException>(() => AdoptAsync(origin))).Remedy.ShouldContain("AdoptionOptions.Shorten");
        var report = await AdoptAsync(origin, new AdoptionOptions { Shorten = true });

        (report.Counts.Taken, report.Counts.Present, report.Counts.Shortened).ShouldBe((1, 3, 1));
        (await VectorAsync("d"))!.ShouldBe(CountingGenerator.VectorOf("d"), 1e-6);
    }

    [Fact]
    public async Task A_prefix_of_the_model_is_no_part_of_the_key_whether_it_was_stored_or_not()
    {
        const string Prefixed = $"{Name}?document=passage%3A%20";
        var origin = new ListedOrigin(
            Row("passage: a", CountingGenerator.VectorOf("passage: a")), Row("b", CountingGenerator.VectorOf("passage: b")));
        var model = Model(Prefixed) with { Generator = new PrefixedEmbeddingGenerator(_model, "passage: ") };

        var report = await AdoptAsync(origin, model: model, options: new AdoptionOptions());

        (report.Counts.Present, report.Counts.Rows).ShouldBe((2, 2));
        (await VectorAsync("a", Prefixed)).ShouldBe(CountingGenerator.VectorOf("passage: a"));
        (await VectorAsync("b", Prefixed)).ShouldBe(CountingGenerator.VectorOf("passage: b"));
    }

    [Fact]
    public async Task Samples_are_entered_and_kept_within_the_budget()
    {
        var model = Model() with { PricePerMillionTokens = 1_000_000 };

        var failure = await Should.ThrowAsync<TidemarkException>(() => AdoptAsync(
            Rows("a", "b", "c", "d"), new AdoptionOptions { Spending = new SpendingLimits(2, null) }, model));
        failure.Code.ShouldBe(ErrorCodes.BudgetReached);
        (await VectorAsync("d")).ShouldBeNull();

        var report = await AdoptAsync(Rows("a", "b", "c", "d"), new AdoptionOptions { Spending = new SpendingLimits(3, null) }, model);
        report.Sample!.Cost.ShouldBe(3);
        (await _store.Ledger.SpaceAsync(model.Space, CancellationToken.None)).KnownCost.ShouldBe(5);
    }

    [Fact]
    public async Task A_call_that_is_ended_says_so_and_the_next_one_goes_on()
    {
        using var stop = new CancellationTokenSource();
        var ended = await AdoptAsync(
            Rows("a", "b", "c", "d"), new AdoptionOptions { Trust = true, Progress = new Stopping(stop) }, stop: stop);

        (ended.Outcome, ended.Counts.Taken).ShouldBe((RunOutcome.Cancelled, 2));
        (await AdoptAsync(Rows("a", "b", "c", "d"), new AdoptionOptions { Trust = true })).Counts.Present.ShouldBe(2);
    }

    private static EmbeddingModel Model(string name = Name) => new()
    {
        Space = new EmbeddingSpace(name, CountingGenerator.Dimensions),
        Generator = new CountingGenerator(),
        PricePerMillionTokens = 0,
    };

    private static OriginRow Row(string? text, float[]? vector) => new(text ?? "row", text, vector is null ? (ReadOnlyMemory<float>?)null : vector);

    private static ListedOrigin Rows(params string[] texts) => new([.. texts.Select(text => Row(text, CountingGenerator.VectorOf(text)))]);

    private async Task<AdoptionReport> AdoptAsync(
        ListedOrigin origin, AdoptionOptions? options = null, EmbeddingModel? model = null, CancellationTokenSource? stop = null)
    {
        model ??= Model();
        model = model.Generator is CountingGenerator ? model with { Generator = _model } : model;
        var survey = await origin.SurveyAsync(CancellationToken.None);
        return await new AdoptionEngine(_store.EmbeddingPorts(TimeProvider.System), model).AdoptAsync(
            origin, survey, options ?? new AdoptionOptions(), stop?.Token ?? CancellationToken.None);
    }

    private async Task<float[]?> VectorAsync(string text, string space = Name) => (await _store.Embeddings.FindAsync(
        new EmbeddingSpace(space, CountingGenerator.Dimensions), [ContentHash.Of(text)], CancellationToken.None)) is [var found] ? found.Vector.ToArray() : null;

    private sealed class Stopping(CancellationTokenSource stop) : IProgress<long>
    {
        public void Report(long value) => stop.Cancel();
    }
}
