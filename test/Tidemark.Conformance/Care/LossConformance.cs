using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Searching;
using Tidemark.Verifying;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Care;

/// <summary>
/// What is lost is told by whoever reads, and never called empty: an index that answers "nothing there" says something false of the
/// documents, not of itself.
/// </summary>
[NotForTheModel]
public abstract class LossConformance : DamagedStoreSuite
{
    /// <summary>Statements that take all vectors out of the index of the first generation, or all words.</summary>
    protected abstract (string Vectors, string Words) Emptying { get; }

    /// <summary>The tables of the index of the first generation.</summary>
    protected abstract IReadOnlyList<string> IndexTables { get; }

    [Theory]
    [InlineData("delete from generation")]
    [InlineData("delete from space")]
    [InlineData("update namespace set generation = null")]
    [InlineData("update generation set state = 2")]
    [InlineData("update generation set chunker = 'paragraphs:9'")]
    [InlineData("update generation set input = 'text+normalized'")]
    [InlineData("update space set name = 'counting:z32'")]
    [InlineData("update space set dimensions = dimensions + 1")]
    public async Task What_an_index_was_built_with_is_compared_before_it_answers(string damage)
    {
        await SyncAsync();
        var before = await Bench.ExportAsync();
        var asked = Bench.Generator.Asked.Count;
        await ExecuteAsync(damage);

        await EveryoneRefusesAsync();

        var verify = await Index.VerifyAsync();
        (verify.InSync, verify.Corrupt > 0).ShouldBe((false, true));
        verify.Errors.ShouldAllBe(error => error.Code == ErrorCodes.StoreCorrupt && error.Remedy!.Contains("Repair)"));
        (await Index.VerifyAsync(new VerifyOptions { Repair = true })).InSync.ShouldBeTrue();
        (await Bench.ExportAsync()).ShouldBe(before);
        Bench.Generator.Asked.Count.ShouldBe(asked);
    }

    [Theory]
    [InlineData("delete from document")]
    [InlineData("delete from layout")]
    [InlineData("delete from chunk")]
    public async Task Records_that_are_gone_are_not_called_an_empty_index(string damage)
    {
        await SyncAsync();
        var before = await Bench.ExportAsync();
        var asked = Bench.Generator.Asked.Count;
        await ExecuteAsync(damage);

        await EveryoneRefusesAsync();

        (await Index.VerifyAsync(new VerifyOptions { Repair = true, Sources = [Source()] })).InSync.ShouldBeTrue();
        (await Bench.ExportAsync()).ShouldBe(before);
        Bench.Generator.Asked.Count.ShouldBe(asked);
    }

    [Theory]
    [InlineData("delete from document where id in ('d3', 'd4')")]
    [InlineData("delete from layout where document in (select key from document where id in ('d3', 'd4'))")]
    public async Task A_repair_that_cannot_bring_them_back_does_not_make_their_loss_official(string damage)
    {
        await SyncAsync();
        var before = await Bench.ExportAsync();
        await ExecuteAsync(damage);

        (await Index.VerifyAsync(new VerifyOptions { Repair = true, Sources = [], Origins = [] })).InSync.ShouldBeFalse();

        (await Should.ThrowAsync<TidemarkException>(Bench.ExportAsync())).Code.ShouldBe(ErrorCodes.StoreCorrupt);
        (await Index.VerifyAsync()).InSync.ShouldBeFalse();
        (await Index.VerifyAsync(new VerifyOptions { Repair = true, Sources = [Source()] })).InSync.ShouldBeTrue();
        (await Bench.ExportAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("delete from document where id = 'd3'", "list", "export", "search", "show", "status")]
    [InlineData("delete from layout where document in (select key from document where id = 'd3')", "export", "search", "show", "status")]
    [InlineData("delete from chunk where text like 'text 3 a%'", "export", "search", "show")]
    public async Task A_row_that_is_gone_is_told_by_whoever_would_have_shown_it(string damage, params string[] who)
    {
        await SyncAsync();
        await ExecuteAsync(damage);

        foreach (var (name, command) in Readers().Where(reader => who.Contains(reader.Name.Split(' ')[0])))
        {
            await RefusesAsync(name, command);
        }
    }

    [Fact]
    public async Task An_index_without_its_vectors_does_not_answer_by_words_alone()
    {
        await SyncAsync();
        await ExecuteAsync(Emptying.Vectors);

        await RefusesAsync("search Hybrid", () => SearchAsync(SearchMode.Hybrid));
        await RefusesAsync("search Vector", () => SearchAsync(SearchMode.Vector));
        await RefusesAsync("status", StatusAsync);
        await RefusesAsync("sync", SyncAsync);
        await RefusesAsync("plan", () => Bench.PlanAsync(Source()));

        (await Index.VerifyAsync(new VerifyOptions { Repair = true })).InSync.ShouldBeTrue();
        (await Index.SearchAsync("text 3 a")).Hits[0].Chunk.Document.ShouldBe("d3");
    }

    [Fact]
    public async Task An_index_without_its_words_does_not_say_that_nothing_matches()
    {
        await SyncAsync();
        await ExecuteAsync(Emptying.Words);

        await RefusesAsync("search Keyword", () => SearchAsync(SearchMode.Keyword));
        await RefusesAsync("search Hybrid", () => SearchAsync(SearchMode.Hybrid));
        await RefusesAsync("status", StatusAsync);
        await RefusesAsync("sync", SyncAsync);
        await RefusesAsync("plan", () => Bench.PlanAsync(Source()));

        (await Index.VerifyAsync(new VerifyOptions { Repair = true })).InSync.ShouldBeTrue();
        (await Index.SearchAsync("text 3 a")).Hits[0].Chunk.Document.ShouldBe("d3");
    }

    [Fact]
    public async Task An_index_whose_tables_are_gone_is_not_in_step()
    {
        await SyncAsync();
        foreach (var table in IndexTables)
        {
            await ExecuteAsync($"drop table {table}");

            await RefusesAsync($"status without {table}", StatusAsync);
            await RefusesAsync($"search without {table}", () => SearchAsync(SearchMode.Hybrid));
            await RefusesAsync($"sync without {table}", SyncAsync);
            await RefusesAsync($"plan without {table}", () => Bench.PlanAsync(Source()));

            var asked = Bench.Generator.Asked.Count;
            (await Index.VerifyAsync()).InSync.ShouldBeFalse(table);
            (await Index.VerifyAsync(new VerifyOptions { Sources = [Source()] })).InSync.ShouldBeFalse(table);
            (await Index.VerifyAsync(new VerifyOptions { Repair = true })).InSync.ShouldBeTrue(table);
            (await SyncAsync()).Documents.Skipped.ShouldBe(12);
            Bench.Generator.Asked.Count.ShouldBe(asked, table);
        }
    }

    [Fact]
    public async Task A_plan_of_a_source_whose_row_is_gone_does_not_take_it_for_another_one()
    {
        await SyncAsync();
        await ExecuteAsync("delete from source");

        await RefusesAsync("plan", () => Bench.PlanAsync(Source()));
        await RefusesAsync("sync", SyncAsync);

        var look = await Index.VerifyAsync(new VerifyOptions { Sources = [Source()] });
        look.InSync.ShouldBeFalse();
        look.Errors.ShouldAllBe(error => error.Code == ErrorCodes.StoreCorrupt);
        (await Index.VerifyAsync(new VerifyOptions { Repair = true })).InSync.ShouldBeTrue();
        (await SyncAsync()).Documents.Skipped.ShouldBe(12);
    }

    [Theory]
    [InlineData("update embedding set seal = seal + 1 where input in (select input from chunk where text like 'text 3 a%')")]
    [InlineData("delete from embedding where input in (select input from chunk where text like 'text 3 a%')")]
    public async Task A_vector_that_is_gone_or_altered_is_not_exported_as_none(string damage)
    {
        await SyncAsync();
        var before = await Bench.ExportAsync();
        await ExecuteAsync(damage);

        await RefusesAsync("export --vectors", () => Index.ChunksAsync(withVectors: true).ToListAsync().AsTask());
        (await Index.ChunksAsync().ToListAsync()).Count.ShouldBe(24);

        (await Index.VerifyAsync(new VerifyOptions { Repair = true })).InSync.ShouldBeTrue();
        (await Bench.ExportAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_vector_that_is_altered_is_not_said_to_be_none_of_the_past()
    {
        await SyncAsync();
        await ExecuteAsync("update embedding set seal = seal + 1 where input in (select input from chunk where text like 'text 3 a%')");

        await RefusesAsync("search --include-archived", () => Index.SearchAsync("text 3 a", new SearchOptions { IncludeArchived = true }));

        (await Index.VerifyAsync(new VerifyOptions { Repair = true })).InSync.ShouldBeTrue();
        (await Index.SearchAsync("text 3 a", new SearchOptions { IncludeArchived = true })).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_the_record_of_a_deleted_document_no_older_version_of_it_comes_in()
    {
        await Bench.SyncAsync(new ScriptedSource("s", [Upsert("x", "as it was", version: 5), Upsert("y", "another", version: 5)]), AsTheyCome);
        await Bench.SyncAsync(new ScriptedSource("s", [Delete("x", version: 6), Delete("never", version: 9)]), AsTheyCome);
        (await Index.VerifyAsync()).InSync.ShouldBeTrue();
        (await Bench.SyncAsync(new ScriptedSource("s", [Upsert("x", "as it was", version: 5)]), AsTheyCome)).Documents.Outdated.ShouldBe(1);
        await ExecuteAsync("delete from document where id in ('x', 'never')");

        var look = await Index.VerifyAsync();
        look.InSync.ShouldBeFalse();
        look.Errors.ShouldContain(error => error.Message.Contains("2 records of documents that are gone") && error.Remedy!.Contains("backup"));
        await RefusesAsync("status", StatusAsync);
        await RefusesAsync("sync", () => Bench.SyncAsync(new ScriptedSource("s", [Upsert("x", "as it was", version: 5)]), AsTheyCome));
        (await Bench.SyncAsync(new ScriptedSource("s", [Upsert("z", "of no version")]), AsTheyCome)).Documents.Added.ShouldBe(1);
        (await Index.DocumentsAsync().Select(one => one.Id).ToListAsync()).ShouldBe(["y", "z"]);

        var repaired = await Index.VerifyAsync(new VerifyOptions { Repair = true });
        repaired.Warnings.ShouldContain(warning => warning.Code == ErrorCodes.HistoryLost && warning.Message.Contains("2 records of documents that are gone"));
        repaired.InSync.ShouldBeTrue();
        (await Bench.SyncAsync(new ScriptedSource("s", [Upsert("x", "as it was", version: 5)]), AsTheyCome)).Documents.Added.ShouldBe(1);
        (await Index.VerifyAsync(new VerifyOptions { Repair = true })).Warnings.ShouldBeEmpty();

        static Tidemark.Syncing.SyncOptions AsTheyCome(Tidemark.Syncing.SyncOptions options) => options with { Cleanup = CleanupMode.None };
    }

    [Fact]
    public async Task A_vector_that_only_the_past_needs_is_missed_and_made_again()
    {
        var then = PointInTime.AfterRun((await SyncAsync()).Run!.Value);
        await Bench.SyncAsync(new ScriptedSource("s", [Upsert("d3", "another text", "{\"n\":3}")]), request => request with { Cleanup = CleanupMode.None });
        await ExecuteAsync("delete from embedding where input not in (select input from chunk where to_sequence is null)");

        var look = await Index.VerifyAsync();
        (look.InSync, look.Missing, look.LostEmbeddings, look.Corrupt).ShouldBe((false, 2, 2, 0));
        look.Errors.Count.ShouldBe(2);
        look.Errors.ShouldAllBe(error => error.Code == ErrorCodes.EmbeddingMissing && error.Remedy!.Contains("VerifyAsync(Repair)"));

        var repaired = await Index.VerifyAsync(new VerifyOptions { Repair = true });
        (repaired.InSync, repaired.EmbeddingCalls).ShouldBe((true, 2));
        (await Index.VerifyAsync()).InSync.ShouldBeTrue();
        var found = await Index.SearchAsync("text 3 a", new SearchOptions { Mode = SearchMode.Vector, AsOf = then, Limit = 40 });
        found.Warnings.ShouldBeEmpty();
        found.Hits.ShouldContain(hit => hit.Chunk.Document == "d3");
    }

    [Fact]
    public async Task Former_states_that_are_gone_are_not_shown_as_if_the_others_were_all()
    {
        await SyncAsync();
        await Bench.SyncAsync(new ScriptedSource("s", [Upsert("d3", "another text", "{\"n\":3}")]), request => request with { Cleanup = CleanupMode.None });
        await ExecuteAsync("delete from document_history");

        (await Index.VerifyAsync()).InSync.ShouldBeFalse();
        var repaired = await Index.VerifyAsync(new VerifyOptions { Repair = true });

        repaired.InSync.ShouldBeTrue();
        repaired.Warnings.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.HistoryLost);
        var known = await Index.NamespaceAsync();
        known.Horizon.ShouldBe(known.Sequence);
        (await Index.VerifyAsync(new VerifyOptions { Repair = true })).Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("delete from document where id = 'd3'")]
    [InlineData("delete from document")]
    public async Task A_lost_document_that_has_a_past_is_repaired_by_one_call(string damage)
    {
        await SyncAsync();
        await Bench.SyncAsync(new ScriptedSource("s", [Upsert("d3", "text 3 a\n\nedited", "{\"n\":3}")]), request => request with { Cleanup = CleanupMode.None });
        await SyncAsync();
        var before = await Bench.ExportAsync();
        await ExecuteAsync(damage);

        var report = await Index.VerifyAsync(new VerifyOptions { Repair = true, Sources = [Source()] });

        report.InSync.ShouldBeTrue(string.Join("; ", report.Errors.Select(error => error.Message)));
        report.Warnings.ShouldAllBe(warning => warning.Code == ErrorCodes.HistoryLost);
        (await Bench.ExportAsync()).ShouldBe(before);
        (await Index.VerifyAsync(new VerifyOptions { Repair = true, Sources = [Source()] })).Repaired.ShouldBe(0);
    }

    [Fact]
    public async Task An_empty_index_is_called_empty()
    {
        await Bench.SyncAsync(Source(), request => request with { Guard = Tidemark.Syncing.DeletionGuard.Off });
        await Bench.SyncAsync(new ScriptedSource("s", []), request => request with { Guard = Tidemark.Syncing.DeletionGuard.Off });

        (await Index.DocumentsAsync().ToListAsync()).ShouldBeEmpty();
        (await Bench.ExportAsync()).ShouldBeEmpty();
        (await Index.SearchAsync("text")).Hits.ShouldBeEmpty();
        (await Index.StatusAsync(new StatusOptions())).Namespace.Documents.ShouldBe(0);
    }

    private async Task EveryoneRefusesAsync()
    {
        foreach (var (name, command) in Readers().Append(("plan", () => Bench.PlanAsync(Source()))).Append(("sync", SyncAsync)))
        {
            await RefusesAsync(name, command);
        }
    }

    private IEnumerable<(string Name, Func<Task> Command)> Readers() =>
    [
        .. Enum.GetValues<SearchMode>().Select(mode => ($"search {mode}", (Func<Task>)(() => SearchAsync(mode)))),
        ("search --include-archived", () => Index.SearchAsync("text 3 a", new SearchOptions { IncludeArchived = true })),
        ("status", StatusAsync),
        ("list", () => Index.DocumentsAsync().ToListAsync().AsTask()),
        ("export", () => Index.ChunksAsync(withVectors: true).ToListAsync().AsTask()),
        ("show", () => Index.DocumentAsync("d3")),
    ];

    private Task SearchAsync(SearchMode mode) => Index.SearchAsync("text 3 a", new SearchOptions { Mode = mode, Limit = 40 });

    private Task StatusAsync() => Index.StatusAsync(new StatusOptions());

    private Task<Tidemark.Syncing.SyncReport> SyncAsync() => Bench.SyncAsync(Source());

    private static ScriptedSource Source() => new(
        "s", [.. Enumerable.Range(0, 12).Select(i => Upsert($"d{i}", $"text {i} a\n\ntext {i} b", $$"""{"n":{{i}}}"""))]);
}
