using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Conformance.Syncing;

/// <summary>Which of two states of a document counts, on any store.</summary>
public abstract class ArrivalConformance : StoreConformance
{
    private static readonly DateTimeOffset Day = new(2024, 5, 1, 0, 0, 0, TimeSpan.Zero);

    private SyncBench? _bench;

    private SyncBench Bench => _bench ??= new SyncBench(Store) { Clock = Clock };

    [Fact]
    public async Task Of_two_states_with_one_time_the_later_arrival_counts()
    {
        await SyncAsync(At("a", "morning", Day));

        (await SyncAsync(At("a", "evening", Day))).Documents.Updated.ShouldBe(1);
        (await SyncAsync(At("a", "evening", Day))).Documents.Skipped.ShouldBe(1);
        (await SyncAsync(Gone("a", Day))).Documents.Deleted.ShouldBe(1);
        (await SyncAsync(At("a", "night", Day))).Documents.Added.ShouldBe(1);
        (await SyncAsync(At("a", "yesterday", Day.AddTicks(-1)))).Documents.Outdated.ShouldBe(1);

        (await Bench.ExportAsync()).ShouldContain("[night]");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public async Task A_listing_with_both_ends_as_its_last_however_often_it_comes(int pageSize)
    {
        var both = new ScriptedSource("s", [At("a", "morning", Day), ScriptedSource.Upsert("b", "x"), At("a", "evening", Day)])
        {
            PageSize = pageSize,
        };

        await Bench.SyncAsync(both);
        var again = await Bench.SyncAsync(both);

        again.Documents.ShouldBe(new DocumentCounts(3, 0, 0, 3, 0, 0, 0, 0, 0));
        (await Bench.ExportAsync()).ShouldContain("[evening]");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public async Task A_listing_whose_last_item_says_no_number_is_in_step_however_often_it_comes(int pageSize)
    {
        var both = new ScriptedSource("s", [ScriptedSource.Upsert("a", "A", version: 2), ScriptedSource.Upsert("b", "x"), ScriptedSource.Upsert("a", "B")])
        {
            PageSize = pageSize,
        };

        await Bench.SyncAsync(both);

        (await Bench.SyncAsync(both)).Documents.ShouldBe(new DocumentCounts(3, 0, 0, 3, 0, 0, 0, 0, 0));
        (await Bench.PlanAsync(both, r => r with { Rehash = true })).Documents.ShouldBe(new DocumentCounts(3, 0, 0, 3, 0, 0, 0, 0, 0));
        (await Bench.ExportAsync()).ShouldContain("[B]");
        var report = await Bench.SyncAsync(new ScriptedSource("s", [ScriptedSource.Upsert("a", "B"), ScriptedSource.Upsert("a", "C", version: 2)])
        {
            DefaultCleanup = CleanupMode.None,
            PageSize = pageSize,
        });
        report.Documents.ShouldBe(new DocumentCounts(2, 0, 0, 1, 0, 0, 0, 0, 1), "nothing comes behind what contradicts");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public async Task An_item_that_is_outdated_hides_none_before_it_that_says_no_number(int pageSize)
    {
        await Bench.SyncAsync(ScriptedSource.Upsert("a", "nine", version: 9));
        for (var time = 0; time < 3; time++)
        {
            await Bench.SyncAsync(new ScriptedSource(
                "s", [ScriptedSource.Upsert("a", $"says nothing {time}"), ScriptedSource.Upsert("b", "x"), ScriptedSource.Upsert("a", "late", version: 5)])
            {
                DefaultCleanup = CleanupMode.None,
                PageSize = pageSize,
            });

            (await Bench.ExportAsync()).ShouldContain($"[says nothing {time}]");
        }
    }

    [Fact]
    public async Task A_number_contradicts_nothing_that_has_none()
    {
        await SyncAsync(At("a", "morning", Day), At("b", "morning", Day));
        await SyncAsync(At("a", "morning", Day), Gone("b", Day));

        var numbered = await SyncAsync(
            new DocumentChange.Upsert(Numbered("a", "evening", 1)), new DocumentChange.Upsert(Numbered("b", "evening", 1)));

        (numbered.Documents.Updated, numbered.Documents.Added, numbered.Documents.Failed).ShouldBe((1, 1, 0));
        (await SyncAsync(new DocumentChange.Upsert(Numbered("a", "night", 1)))).Errors.Single().Code.ShouldBe(ErrorCodes.VersionConflict);

        static Document Numbered(string id, string text, long number) => new()
        {
            Id = id,
            Text = text,
            Version = new DocumentVersion(number, Day),
            Token = new ChangeToken(ContentHash.Of(text)),
        };
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public async Task A_plan_foresees_that_one_number_for_two_contents_is_a_conflict(int pageSize)
    {
        await Bench.SyncAsync(ScriptedSource.Upsert("stored", "zero", version: 1));
        var source = new ScriptedSource("s",
        [
            ScriptedSource.Upsert("stored", "one", version: 2), ScriptedSource.Upsert("new", "one", version: 2), ScriptedSource.Upsert("same", "one", version: 2),
            ScriptedSource.Upsert("stored", "two", version: 2), ScriptedSource.Upsert("new", "two", version: 2), ScriptedSource.Upsert("same", "one", version: 2),
            ScriptedSource.Upsert("new", "one", """{"tag":1}""", version: 2),
        ])
        {
            PageSize = pageSize,
        };

        var plan = await Bench.PlanAsync(source);
        var sync = await Bench.SyncAsync(source);

        sync.Documents.ShouldBe(new DocumentCounts(7, 2, 1, 1, 0, 0, 0, 0, 3));
        plan.Documents.ShouldBe(sync.Documents);
        plan.Errors.ShouldBe(sync.Errors, ignoreOrder: true);
    }

    [Fact]
    public async Task One_number_for_two_contents_stays_a_conflict()
    {
        await Bench.SyncAsync(ScriptedSource.Upsert("a", "one", version: 3));

        var report = await Bench.SyncAsync(ScriptedSource.Upsert("a", "two", version: 3));

        report.Errors.Single().Code.ShouldBe(ErrorCodes.VersionConflict);
        (await Bench.ExportAsync()).ShouldContain("[one]");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public async Task One_number_for_two_contents_in_one_listing_is_a_conflict_too_and_the_first_stays(int pageSize)
    {
        ScriptedSource Listing() => new(
            "s",
            [
                ScriptedSource.Upsert("a", "one", version: 3), ScriptedSource.Upsert("b", "quiet", version: 1), ScriptedSource.Upsert("a", "two", version: 3),
                ScriptedSource.Upsert("b", "quiet", version: 1), ScriptedSource.Upsert("a", "three", version: 3),
            ])
        {
            DefaultCleanup = CleanupMode.None,
            PageSize = pageSize,
        };

        var report = await Bench.SyncAsync(Listing());

        report.Errors.ShouldAllBe(error => error.Code == ErrorCodes.VersionConflict);
        report.Errors.ShouldNotBeEmpty();
        (report.Documents.Added, report.Documents.Seen).ShouldBe((2, 5));
        (report.Documents.Added + report.Documents.Skipped + report.Documents.Failed).ShouldBe(5);
        (await Bench.ExportAsync()).ShouldContain("[one]");
        (await Bench.SyncAsync(Listing(), request => request with { IgnoreVersions = true })).Documents.Failed.ShouldBe(0);
        (await Bench.ExportAsync()).ShouldContain("[three]");
    }

    [Fact]
    public async Task Whoever_ignores_versions_takes_what_comes()
    {
        await Bench.SyncAsync(ScriptedSource.Upsert("a", "one", version: 3), ScriptedSource.Upsert("b", "buried", version: 3));
        await Bench.SyncAsync(ScriptedSource.Upsert("a", "one", version: 3), ScriptedSource.Delete("b", version: 9));

        var report = await IgnoringAsync(ScriptedSource.Upsert("a", "older", version: 2), ScriptedSource.Upsert("b", "back", version: 1));

        (report.Documents.Updated, report.Documents.Added).ShouldBe((1, 1));
        (await IgnoringAsync(ScriptedSource.Upsert("a", "conflict", version: 2), ScriptedSource.Upsert("b", "back", version: 1)))
            .Documents.Updated.ShouldBe(1);
        (await IgnoringAsync(ScriptedSource.Upsert("a", "x", version: 7), ScriptedSource.Upsert("a", "last", version: 6)))
            .Documents.Updated.ShouldBe(1);
        (await Bench.ExportAsync()).ShouldContain("[last]");
        (await SyncAsync(ScriptedSource.Upsert("a", "newer than that", version: 7))).Documents.Updated.ShouldBe(1);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(10, false)]
    [InlineData(10, true)]
    public async Task A_number_that_a_document_once_had_holds_until_a_greater_one_comes(int pageSize, bool inOneRun)
    {
        DocumentChange[] states =
        [
            ScriptedSource.Upsert("a", "three", version: 3), At("a", "by time", Day),
            ScriptedSource.Upsert("a", "nothing said"), At("b", "by time", Day), ScriptedSource.Upsert("b", "three", version: 3),
            ScriptedSource.Upsert("c", "three", version: 3), Gone("c", Day),
        ];

        foreach (var run in inOneRun ? [states] : states.Select(state => new[] { state }))
        {
            await Bench.SyncAsync(new ScriptedSource("s", run) { DefaultCleanup = CleanupMode.None, PageSize = pageSize });
        }

        var late = await SyncAsync(
            ScriptedSource.Upsert("a", "one", version: 1), At("b", "earlier", Day.AddDays(-1)), ScriptedSource.Upsert("c", "one", version: 1));
        late.Documents.Outdated.ShouldBe(3);
        (await Bench.ExportAsync()).ShouldNotContain("[one]");
        (await SyncAsync(ScriptedSource.Upsert("a", "four", version: 4), ScriptedSource.Upsert("c", "four", version: 4)))
            .Documents.Outdated.ShouldBe(0);
    }

    [Fact]
    public async Task An_older_tombstone_of_a_source_id_leaves_what_is_newer()
    {
        await SyncAsync(
            ScriptedSource.Upsert("a", "newer", sourceId: "S", version: 3), ScriptedSource.Upsert("b", "older", sourceId: "S", version: 1));

        var report = await SyncAsync(new DocumentChange.DeleteSource("S", new DocumentVersion(2, null)));

        report.Documents.Deleted.ShouldBe(1);
        (await Bench.ExportAsync()).ShouldContain("[newer]");
        (await SyncAsync(ScriptedSource.Upsert("b", "late", sourceId: "S", version: 1))).Documents.Outdated.ShouldBe(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_order_of_arrivals_lets_an_older_state_overwrite_a_newer_one(int seed)
    {
        var random = new Random(seed);
        var (number, time, text) = ((long?)null, (DateTimeOffset?)null, "");
        for (var i = 0; i < 60; i++)
        {
            long? n = random.Next(2) == 0 ? random.Next(1, 8) : null;
            DateTimeOffset? t = random.Next(2) == 0 ? Day.AddDays(random.Next(8)) : null;
            var order = n is { } a && number is { } b ? a.CompareTo(b) : t is { } x && time is { } y ? x.CompareTo(y) : 1;
            var isTaken = order > 0 || (order == 0 && n is null);
            (number, time, text) = isTaken ? (n ?? number, t ?? time, $"state {i}") : (number, time, text);

            await SyncAsync(new DocumentChange.Upsert(new Document
            {
                Id = "a",
                Text = $"state {i}",
                Version = new DocumentVersion(n, t),
                Token = new ChangeToken(ContentHash.Of($"{i}")),
            }));

            (await Bench.ExportAsync()).ShouldContain($"[{text}]", customMessage: $"state {i} came with {n}, {t}; known {number}, {time}");
        }
    }

    [Fact]
    public async Task A_time_ahead_of_the_clock_is_taken_and_said_and_freezes_nothing()
    {
        var ahead = Clock.Now.AddDays(1).AddTicks(1);

        var taken = await SyncAsync(At("a", "from the future", ahead), At("b", "in time", Clock.Now.AddDays(1)));
        var refused = await SyncAsync(At("a", "right", Clock.Now));
        var figures = await Store.Reader.FiguresAsync("default", Clock.Now.AddDays(1), default);
        var mended = await Bench.SyncAsync(Source(At("a", "right", Clock.Now)), r => r with { IgnoreVersions = true });

        taken.Documents.Added.ShouldBe(2);
        var warning = taken.Warnings.ShouldHaveSingleItem();
        (warning.Item, warning.Code).ShouldBe(("a", ErrorCodes.VersionAhead));
        refused.Documents.Outdated.ShouldBe(1);
        refused.Warnings.ShouldHaveSingleItem().Remedy.ShouldContain("SyncOptions.IgnoreVersions");
        (figures.Ahead, figures.FirstAhead).ShouldBe((1, "a"));
        mended.Documents.Updated.ShouldBe(1);
        mended.Warnings.ShouldBeEmpty();
        (await Store.Reader.FiguresAsync("default", Clock.Now.AddDays(1), default)).Ahead.ShouldBe(0);
        (await SyncAsync(At("a", "later", Clock.Now.AddSeconds(1)))).Documents.Updated.ShouldBe(1);
    }

    [Fact]
    public async Task A_part_of_a_source_is_cleaned_up_alone()
    {
        await Bench.SyncAsync(
            ScriptedSource.Upsert("s/a", "1"), ScriptedSource.Upsert("s/guide/b", "2"), ScriptedSource.Upsert("s/guide/c", "3"),
            ScriptedSource.Upsert("s/guidebook", "4"));

        var part = await Bench.SyncAsync(
            new ScriptedSource("s", [ScriptedSource.Upsert("s/guide/b", "two")]) { Parts = ["s/guide/"] });

        part.Documents.ShouldBe(new DocumentCounts(1, 0, 1, 0, 1, 0, 0, 0, 0));
        (await Bench.ExportAsync()).Split('\n').Select(line => line.Split('#')[0])
            .ShouldBe(["s/a", "s/guide/b", "s/guidebook", ""]);
        (await Store.Reader.NamespaceAsync("default", default))!.LastCompleteSync.ShouldNotBeNull("of the first run");
    }

    [Fact]
    public async Task The_guard_looks_at_the_part_and_not_at_the_whole()
    {
        var guide = Enumerable.Range(0, 20).Select(i => ScriptedSource.Upsert($"s/guide/{i}", $"g{i}")).ToArray();
        await Bench.SyncAsync([.. guide, .. Enumerable.Range(0, 200).Select(i => ScriptedSource.Upsert($"s/{i}", $"t{i}"))]);

        var report = await Bench.SyncAsync(new ScriptedSource("s", guide[..5]) { Parts = ["s/guide/"] });

        report.Guard!.Held.ShouldBe(15);
        report.Guard.Share.ShouldBe(0.75);
        report.Documents.Deleted.ShouldBe(0);
    }

    [Fact]
    public async Task A_pipeline_that_no_chunk_was_made_with_binds_nobody()
    {
        Bench.Space = "typo:32";
        Bench.Generator.Before = _ => throw new TidemarkException(ErrorCodes.EmbeddingModel, "no such model", "mend it");
        await Should.ThrowAsync<TidemarkException>(() => Bench.SyncAsync(ScriptedSource.Upsert("a", "one")));
        (await Store.Reader.IsUnusedAsync("default", default)).ShouldBeTrue();

        Bench.Space = "right:32";
        Bench.ChunkerVersion = "2";
        Bench.Generator.Before = null;
        (await Bench.PlanAsync(new ScriptedSource("s", [ScriptedSource.Upsert("a", "one")]))).Documents.Added.ShouldBe(1);
        (await Bench.SyncAsync(ScriptedSource.Upsert("a", "one"))).Documents.Added.ShouldBe(1);

        (await Store.Reader.NamespaceAsync("default", default))!.Generation!.Pipeline.ShouldBe(Bench.Pipeline.Identity);
        (await Store.Reader.IsUnusedAsync("default", default)).ShouldBeFalse();
        Bench.Space = "other:32";
        (await Should.ThrowAsync<TidemarkException>(() => Bench.SyncAsync(ScriptedSource.Upsert("a", "one"))))
            .Code.ShouldBe(ErrorCodes.PipelineChanged);
        Bench.Space = "right:32";
        await Bench.SyncAsync(new ScriptedSource("s", []), r => r with { Guard = DeletionGuard.Off });
        (await Store.Reader.IsUnusedAsync("default", default)).ShouldBeFalse("it held one");
    }

    [Fact]
    public async Task What_has_no_text_is_counted_each_time()
    {
        ScriptedSource source = Source(
            ScriptedSource.Upsert("a", ""), ScriptedSource.Upsert("b", "text"), ScriptedSource.Upsert("c", ""), ScriptedSource.Upsert("c", "text"));

        (await Bench.PlanAsync(Source(ScriptedSource.Upsert("a", ""), ScriptedSource.Upsert("b", "text")))).WithoutText.ShouldBe(1);
        (await Bench.SyncAsync(source)).WithoutText.ShouldBe(1);
        (await Bench.SyncAsync(source)).WithoutText.ShouldBe(1);
        (await Store.Reader.FiguresAsync("default", Clock.Now, default)).WithoutText.ShouldBe(1);
        (await SyncAsync(ScriptedSource.Upsert("a", "text"))).WithoutText.ShouldBe(0);
        (await Store.Reader.FiguresAsync("default", Clock.Now, default)).WithoutText.ShouldBe(0);
    }

    private static ScriptedSource Source(params DocumentChange[] changes) =>
        new("s", changes) { DefaultCleanup = CleanupMode.None };

    private Task<SyncReport> SyncAsync(params DocumentChange[] changes) => Bench.SyncAsync(Source(changes));

    private Task<SyncReport> IgnoringAsync(params DocumentChange[] changes) =>
        Bench.SyncAsync(Source(changes), request => request with { IgnoreVersions = true });

    private static DocumentChange.Upsert At(string id, string text, DateTimeOffset modified) => new(new Document
    {
        Id = id,
        Text = text,
        Version = new DocumentVersion(null, modified),
        Token = new ChangeToken(ContentHash.Of($"{id}|{text}|{modified:O}")),
    });

    private static DocumentChange.Delete Gone(string id, DateTimeOffset modified) =>
        new(id, id, new DocumentVersion(null, modified), new ChangeToken(ContentHash.Of($"delete {id} {modified:O}")));
}
