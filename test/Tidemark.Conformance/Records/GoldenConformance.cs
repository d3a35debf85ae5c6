using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Records;

/// <summary>Golden queries are kept as they were recorded, and what they got is kept by run.</summary>
public abstract class GoldenConformance : StoreConformance
{
    private const string Odd = "a\u0000b 'c' \"d\" \\ ä 語 \U0001F600\n";

    [Fact]
    public async Task What_is_recorded_is_listed_in_that_order_whatever_is_in_it()
    {
        await MakeAsync();
        GoldenQuery[] queries =
        [
            Query("z", ("docs/a.md", 1)),
            Query(Odd, (Odd, 100), ("docs/a.md", 2), (new string('i', 5_000), 1)) with { Must = true, Filter = [Odd, "lang=en,de"] },
            Query(new string('q', 10_000)),
        ];

        (await Store.Golden.PutAsync("default", queries, default)).ShouldBe(new GoldenPut(3, 0, 0));

        ShouldBe(await ListAsync(), queries);
        (await ListAsync()).Select(one => one.Since).ShouldBe(queries.Select(one => one.Since));
        (await Store.Golden.ListAsync("other", default)).ShouldBeEmpty();
        (await Store.Care.CheckAsync("default", default)).Damages.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_question_is_replaced_and_another_filter_makes_it_another_one()
    {
        await MakeAsync();
        await Store.Golden.PutAsync("default", [Query("a", ("x", 1)), Query("b", ("y", 1))], default);

        GoldenQuery[] next = [Query("a", ("x", 2)), Query("b", ("y", 1)), Query("b", ("y", 1)) with { Filter = ["k=v"] }, Query("c")];
        (await Store.Golden.PutAsync("default", next, default)).ShouldBe(new GoldenPut(2, 1, 1));

        ShouldBe(await ListAsync(), next[1], next[0], next[2], next[3]);
        (await Store.Golden.PutAsync("default", [Query("c"), Query("c", ("x", 1))], default)).ShouldBe(new GoldenPut(0, 1, 1), "the later one counts");
        (await Store.Golden.RemoveAsync("default", "b", [], default)).ShouldBeTrue();
        (await Store.Golden.RemoveAsync("default", "b", [], default)).ShouldBeFalse();
        (await Store.Golden.RemoveAsync("other", "a", [], default)).ShouldBeFalse();
        (await ListAsync()).Select(one => one.Query).ShouldBe(["a", "b", "c"]);
        (await Store.Care.CheckAsync("default", default)).Damages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Runs_are_kept_and_the_single_results_of_the_newest()
    {
        await MakeAsync();
        for (var i = 0; i <= GoldenRun.KeptResults; i++)
        {
            var kept = await Store.Golden.KeepAsync("default", Run(i), default);
            kept.Id.ShouldBeGreaterThan(0);
        }

        var runs = await Store.Golden.RunsAsync("default", 100, default);
        runs.Select(run => run.Generation).ShouldBe([5, 4, 3, 2, 1, 0], "newest first");
        runs.Select(run => run.Results is null).ShouldBe([false, false, false, false, false, true]);
        runs.Select(run => run.Id).ShouldBe(runs.Select(run => run.Id).OrderDescending());
        runs[0].ShouldSatisfyAllConditions(
            run => run.At.ShouldBe(Run(5).At),
            run => (run.Metric, run.Queries, run.Labelled, run.Missed).ShouldBe(("recall@10", 2, 1, 1)),
            run => run.Score!.Value.ShouldBe(1 / 6d, 1e-9),
            run => ShouldBe([.. run.Results!.Select(result => result.Question)], [.. Run(5).Results!.Select(result => result.Question)]),
            run => run.Results!.Select(result => result.Score).ShouldBe([0.125, null]),
            run => run.Results![0].Found.ShouldBe([Odd, "docs/b.md"]));
        (await Store.Golden.RunsAsync("default", 2, default)).Count.ShouldBe(2);
        (await Store.Golden.RunsAsync("other", 2, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_the_namespace_nothing_is_kept_and_they_go_with_it()
    {
        (await Should.ThrowAsync<TidemarkException>(async () => await Store.Golden.PutAsync("default", [Query("a")], default)))
            .Code.ShouldBe(ErrorCodes.NamespaceMissing);
        (await Should.ThrowAsync<TidemarkException>(async () => await Store.Golden.KeepAsync("default", Run(1), default)))
            .Code.ShouldBe(ErrorCodes.NamespaceMissing);
        var bench = await MakeAsync();
        await Store.Golden.PutAsync("default", [Query("a")], default);
        await Store.Golden.KeepAsync("default", Run(1), default);

        await bench.ComposeIndex().DropNamespaceAsync("default");
        await MakeAsync();

        (await ListAsync()).ShouldBeEmpty();
        (await Store.Golden.RunsAsync("default", 10, default)).ShouldBeEmpty();
        (await Store.Care.CheckAsync("default", default)).Damages.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_forgotten_goes_out_of_them_and_what_is_about_it_goes_whole()
    {
        var index = (await MakeAsync()).ComposeIndex();
        await Store.Golden.PutAsync(
            "default",
            [
                Query("who is it", ("people/one-person.md", 1)),
                Query("who are they", ("people/one-person.md", 2), ("docs/b.md", 1)),
                Query("what is in people/one-person.md of them", ("docs/b.md", 1)),
                Query("a sentence of one person's own", ("docs/b.md", 1)),
                Query("something else", ("docs/b.md", 1)),
            ],
            default);
        await Store.Golden.KeepAsync(
            "default",
            Run(1) with
            {
                Results =
                [
                    new GoldenResult(Query("who is it", ("people/one-person.md", 1)), 1, ["people/one-person.md", "docs/b.md"]),
                    new GoldenResult(Query("something else", ("docs/b.md", 1)), 1, ["docs/b.md", "people/one-person.md"]),
                ],
            },
            default);

        var receipt = await index.ForgetAsync(ForgetTarget.Document("people/one-person.md"));

        receipt.IsClean.ShouldBeTrue(string.Join(", ", receipt.Probes.Select(probe => $"{probe.Place} {probe.Found}")));
        receipt.Removed.Golden.ShouldBe(4 + 1);
        ShouldBe(await ListAsync(), Query("something else", ("docs/b.md", 1)), Query("who are they", ("docs/b.md", 1)));
        var result = (await Store.Golden.RunsAsync("default", 1, default)).Single().Results!.ShouldHaveSingleItem();
        (result.Question.Query, result.Score).ShouldBe(("something else", 1));
        result.Found.ShouldBe(["docs/b.md"]);
        (await Store.Care.CheckAsync("default", default)).Damages.ShouldBeEmpty();
    }

    private async Task<SyncBench> MakeAsync()
    {
        var bench = new SyncBench(Store) { Clock = Clock };
        await bench.SyncAsync(
            new ScriptedSource("s", [Upsert("people/one-person.md", "a sentence of one person's own"), Upsert("docs/b.md", "of nobody")]),
            request => request with { Guard = DeletionGuard.Off });
        return bench;
    }

    private GoldenQuery Query(string text, params (string Document, int Grade)[] expected) => new()
    {
        Query = text,
        Expected = [.. expected.Select(answer => new GoldenAnswer(answer.Document, answer.Grade))],
        Since = Clock.GetUtcNow(),
    };

    private GoldenRun Run(int number) => new()
    {
        Generation = number,
        At = Clock.GetUtcNow().AddDays(number),
        Metric = "recall@10",
        Queries = 2,
        Labelled = 1,
        Missed = 1,
        Score = 1 / 6d,
        Results =
        [
            new GoldenResult(Query(Odd, (Odd, 3)) with { Must = true, Filter = ["k=v"] }, 0.125, [Odd, "docs/b.md"]),
            new GoldenResult(Query("b"), null, []),
        ],
    };

    private static void ShouldBe(IReadOnlyList<GoldenQuery> found, params GoldenQuery[] expected) => found.Select(Text).ShouldBe(expected.Select(Text));

    private static string Text(GoldenQuery query) =>
        $"{query.Query} {GoldenText.OfFilter(query.Filter)} {GoldenText.OfExpected(query.Expected)} {query.Must}";

    private async Task<IReadOnlyList<GoldenQuery>> ListAsync() => await Store.Golden.ListAsync("default", default);
}
