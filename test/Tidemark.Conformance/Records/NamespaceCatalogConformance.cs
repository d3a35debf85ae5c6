using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Conformance.Records;

/// <summary>Namespaces, sources, runs, leases and plans.</summary>
public abstract class NamespaceCatalogConformance : StoreConformance
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static SessionRequest Plan => new("default", TimeSpan.Zero, ForPlan: true, KeepText: true);

    [Fact]
    public async Task The_place_of_a_source_is_kept_and_a_plan_notes_none()
    {
        var place = Path.GetFullPath("/srv/häfen/docs");
        await using (var session = await OpenSessionAsync())
        {
            var source = await session.Catalog.RegisterSourceAsync("docs", None);
            (await session.Catalog.FindPlaceAsync(source.Key, None)).ShouldBeNull();
            await session.Catalog.NotePlaceAsync(source.Key, Path.GetFullPath("/elsewhere"), None);
            await session.Catalog.NotePlaceAsync(source.Key, place, None);
        }

        await using var plan = await Store.Records.OpenAsync(Plan, None);
        var known = await plan.Catalog.RegisterSourceAsync("docs", None);
        await plan.Catalog.NotePlaceAsync(known.Key, Path.GetFullPath("/other"), None);
        (await plan.Catalog.FindPlaceAsync(known.Key, None)).ShouldBe(place);
        (await Store.Reader.PlacesAsync("default", None)).ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["docs"] = place });
        (await Store.Reader.PlacesAsync("other", None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_namespace_is_empty_and_gets_its_first_generation_active()
    {
        await using var session = await OpenSessionAsync();

        (session.Catalog.Namespace with { NextExpiry = null, Sighting = null }).ShouldBe(new NamespaceRecord("default", 0, null));
        var generation = await session.Catalog.CreateGenerationAsync(StoreScribe.Pipeline, follows: false, None);

        generation.State.ShouldBe(GenerationState.Active);
        generation.Pipeline.ShouldBe(StoreScribe.Pipeline);
        session.Catalog.Namespace.Generation.ShouldBe(generation);
        (await Store.Reader.NamespaceAsync("default", None))!.Generation.ShouldBe(generation);
    }

    [Fact]
    public async Task A_source_is_found_again_with_its_live_documents()
    {
        SourceRecord first;
        await using (var run = await StoreScribe.OpenAsync(Store))
        {
            first = run.Source;
            await run.PutAsync(("a", ["1"]), ("b", ["2"]));
        }

        await using var session = await OpenSessionAsync();
        var again = await session.Catalog.RegisterSourceAsync("docs", None);
        var other = await session.Catalog.RegisterSourceAsync("other", None);

        again.ShouldBe(first with { LiveDocuments = 2, Chunks = 2, Tokens = 2 });
        other.Key.ShouldNotBe(first.Key);
        other.LiveDocuments.ShouldBe(0);
    }

    [Fact]
    public async Task A_source_knows_what_embedding_all_of_it_would_take()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(("a", ["12345678", "1234"]), ("b", ["äöü"]), ("c", ["1"]));
        (await TotalsAsync(run)).ShouldBe((4, 2 + 1 + 2 + 1));

        await run.PutAsync("a", "12345678", "a new one");
        await run.RemoveAsync("c");
        (await TotalsAsync(run)).ShouldBe((3, 2 + 3 + 2));

        await run.RebuildAsync(StoreScribe.Pipeline with { Chunker = "words" });
        await run.ApplyAsync(
            TestWrites.Stage("a", await run.GlanceAsync("a"), "12345678a ", "new one"),
            TestWrites.Stage("b", await run.GlanceAsync("b"), "ä", "ö", "ü"));
        (await TotalsAsync(run)).ShouldBe((3, 2 + 3 + 2), "what is staged is not live yet");
        await run.Session.Catalog.PromoteAsync(run.Generation, keepsFormer: false, None);
        (await TotalsAsync(run)).ShouldBe((5, 3 + 2 + 1 + 1 + 1));

        await run.PutAsync("a");
        await run.RemoveAsync("b");
        (await TotalsAsync(run)).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_source_id_is_numbered_only_where_it_differs_from_the_id()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        var writes = new[] { "part 1", "part 2", "group" }
            .Select(id => TestWrites.Put(id, run.Source.Key, [id]))
            .Select(put => put with { Document = put.Document with { SourceId = "group" } });

        var result = await run.ApplyAsync([.. writes]);

        var group = await run.Session.Catalog.FindSourceIdAsync("group", None);
        group.IsNone.ShouldBeFalse();
        result.Documents.Select(d => d.SourceId).ShouldBe([group, group, default]);
        (await run.Session.Catalog.FindSourceIdAsync("part 1", None)).IsNone.ShouldBeTrue();
        (await run.LiveAsync()).Count(d => d.SourceId == group).ShouldBe(2);
    }

    [Fact]
    public async Task Another_run_is_locked_out_until_the_first_ends()
    {
        await using (await OpenSessionAsync())
        {
            var error = await Should.ThrowAsync<TidemarkException>(async () => await OpenSessionAsync());
            error.Code.ShouldBe(ErrorCodes.RunLocked);
            error.IsTransient.ShouldBeTrue();
        }

        await using var next = await OpenSessionAsync();
        next.Catalog.Namespace.Name.ShouldBe("default");
    }

    [Fact]
    public async Task A_plan_needs_no_lease_and_writes_nothing()
    {
        await using (var holder = await StoreScribe.OpenAsync(Store, "other"))
        await using (var plan = await Store.Records.OpenAsync(Plan, None))
        {
            var source = await plan.Catalog.RegisterSourceAsync("docs", None);
            var second = await plan.Catalog.RegisterSourceAsync("more", None);
            source.LiveDocuments.ShouldBe(0);
            second.Key.ShouldNotBe(source.Key);
            source.Key.ShouldNotBe(holder.Source.Key);
            await plan.Catalog.CreateGenerationAsync(StoreScribe.Pipeline, follows: false, None);
            var run = await plan.Catalog.BeginRunAsync(Run(), None);
            await plan.Catalog.CompleteRunAsync(run with { FinishedAt = Clock.Now }, None);
            plan.Catalog.Namespace.Generation.ShouldBeNull();
            using var page = new TestPage("a");
            var glances = new DocumentGlance[1];
            await plan.GlanceAsync(source.Key, page, glances, None);
            glances[0].ShouldBe(default);
        }

        (await Store.Reader.NamespaceAsync("default", None)).ShouldBeNull();
        (await Store.Reader.RunsAsync("default", 10, None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_plan_sees_what_is_there()
    {
        await using (var run = await StoreScribe.OpenAsync(Store))
        {
            await run.PutAsync("a", "1");
        }

        await using var plan = await Store.Records.OpenAsync(Plan, None);
        var source = await plan.Catalog.RegisterSourceAsync("docs", None);
        using var page = new TestPage("a");
        var glances = new DocumentGlance[1];
        await plan.GlanceAsync(source.Key, page, glances, None);

        source.LiveDocuments.ShouldBe(1);
        plan.Catalog.Namespace.Sequence.ShouldBe(1);
        glances[0].State.ShouldBe(DocumentState.Live);
    }

    [Fact]
    public async Task A_run_is_kept_with_its_report()
    {
        RunRecord completed;
        await using (var session = await OpenSessionAsync())
        {
            var run = await session.Catalog.BeginRunAsync(Run(), None);
            run.Id.ShouldBeGreaterThan(0);
            (await Store.Reader.RunsAsync("default", 10, None)).Single().FinishedAt.ShouldBeNull();
            completed = run with
            {
                FinishedAt = Clock.Now.AddSeconds(1.5),
                Outcome = RunOutcome.Partial,
                CompleteSync = true,
                ReportJson = """{"run":1}""",
            };
            await session.Catalog.CompleteRunAsync(completed, None);
        }

        var kept = (await Store.Reader.RunsAsync("default", 10, None)).Single();
        kept.Sources.ShouldBe(completed.Sources);
        (kept with { Sources = completed.Sources }).ShouldBe(completed);
        (await Store.Reader.NamespaceAsync("default", None))!.LastCompleteSync.ShouldBe(completed.FinishedAt);
    }

    [Fact]
    public async Task A_run_that_was_never_closed_counts_as_failed_once_the_next_begins()
    {
        await using (var killed = await OpenSessionAsync())
        {
            await killed.Catalog.BeginRunAsync(Run(), None);
        }

        await using var session = await OpenSessionAsync();
        var next = await session.Catalog.BeginRunAsync(Run() with { StartedAt = Clock.Now.AddHours(1) }, None);

        var runs = await Store.Reader.RunsAsync("default", 10, None);
        runs.Select(r => r.Outcome).ShouldBe([null, RunOutcome.Failed]);
        runs[0].Id.ShouldBe(next.Id);
        runs[1].FinishedAt.ShouldBe(Clock.Now.AddHours(1));
    }

    [Fact]
    public async Task The_last_complete_sync_is_the_last_by_number_whatever_the_clock_said_before()
    {
        await using var session = await OpenSessionAsync();
        foreach (var (complete, after) in new[] { (true, 90), (true, 1), (false, 2) })
        {
            var run = await session.Catalog.BeginRunAsync(Run(), None);
            await session.Catalog.CompleteRunAsync(
                run with { FinishedAt = Clock.Now.AddDays(after), Outcome = RunOutcome.Succeeded, CompleteSync = complete }, None);
        }

        (await Store.Reader.NamespaceAsync("default", None))!.LastCompleteSync.ShouldBe(Clock.Now.AddDays(1));
        (await Store.Reader.NamespacesAsync(None)).ShouldHaveSingleItem().LastCompleteSync.ShouldBe(Clock.Now.AddDays(1));
        await using var next = await Store.Records.OpenAsync(new("default", TimeSpan.Zero, ForPlan: true, KeepText: true), None);
        next.Catalog.Namespace.LastCompleteSync.ShouldBe(Clock.Now.AddDays(1));
    }

    [Fact]
    public async Task Runs_come_newest_first_and_no_more_than_asked_for()
    {
        await using var session = await OpenSessionAsync();
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            var run = await session.Catalog.BeginRunAsync(Run(), None);
            await session.Catalog.CompleteRunAsync(
                run with { FinishedAt = Clock.Now, Outcome = RunOutcome.Succeeded }, None);
            ids.Add(run.Id);
        }

        (await Store.Reader.RunsAsync("default", 3, None)).Select(r => r.Id).ShouldBe([ids[4], ids[3], ids[2]]);
        (await Store.Reader.NamespaceAsync("default", None))!.LastCompleteSync.ShouldBeNull();
    }

    private static RunRecord Run() => new()
    {
        Namespace = "default",
        Command = "sync",
        Sources = ["docs", "more \"docs\""],
        StartedAt = new DateTimeOffset(2024, 5, 17, 12, 0, 0, TimeSpan.Zero).AddTicks(1),
    };

    private ValueTask<IRecordSession> OpenSessionAsync() =>
        Store.Records.OpenAsync(new SessionRequest("default", TimeSpan.Zero, ForPlan: false, KeepText: true), None);

    private static async Task<(long Chunks, long Tokens)> TotalsAsync(StoreScribe run)
    {
        var source = await run.Session.Catalog.RegisterSourceAsync("docs", None);
        return (source.Chunks, source.Tokens);
    }
}
