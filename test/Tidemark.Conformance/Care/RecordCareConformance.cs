using Shouldly;
using Tidemark.Archiving;
using Tidemark.Conformance.Publishing;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Searching;
using Tidemark.Verifying;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Care;

/// <summary>Rows that are lost or changed behind a store's back are noticed, and come back from where they can be had.</summary>
[NotForTheModel]
public abstract class RecordCareConformance : DamagedStoreSuite
{
    /// <summary>A damage that no check of the records comes past.</summary>
    protected abstract string Impassable { get; }

    /// <summary>Takes the words of the last chunk out of the first generation's index.</summary>
    protected abstract string LostWords { get; }

    [Fact]
    public async Task A_sound_store_is_sound()
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench);
        await bench.SyncAsync(new ScriptedSource("s", [Upsert("d0", "changed\n\ntext 0 b")]), r => r with { Cleanup = CleanupMode.None });

        var check = await Store.Care.CheckAsync("default", CancellationToken.None);

        check.Damages.ShouldBeEmpty();
        (await Store.Care.MendAsync("default", TimeSpan.Zero, CancellationToken.None)).Rows.ShouldBe(0);
        (await Store.Care.SweepAsync("default", TimeSpan.Zero, CancellationToken.None)).ShouldBe(0);
    }

    [Theory]
    [InlineData("delete from chunk")]
    [InlineData("delete from chunk where key in (select min(key) from chunk)")]
    [InlineData("delete from layout")]
    [InlineData("delete from layout where document in (select min(document) from layout)")]
    [InlineData("delete from document")]
    [InlineData("delete from document where id = 'd3'")]
    [InlineData("delete from source")]
    [InlineData("delete from space")]
    [InlineData("delete from generation")]
    [InlineData("delete from namespace")]
    [InlineData("delete from source_id")]
    [InlineData("update chunk set text = 'another text' where key in (select min(key) from chunk)")]
    [InlineData("update chunk set occurrence = 5 where key in (select min(key) from chunk)")]
    [InlineData("update chunk set to_sequence = 1 where key in (select min(key) from chunk)")]
    [InlineData("update document set metadata = '{\"n\":99}' where id = 'd2'")]
    [InlineData("update document set tier = 'premium' where id = 'd2'")]
    [InlineData("update document set id = 'dX' where id = 'd3'")]
    [InlineData("update document set id = 'dX' where id = 'd1'")]
    [InlineData("update document set chunks = 7 where id = 'd2'")]
    [InlineData("update document set state = 3 where id = 'd2'")]
    [InlineData("update source set name = 'another'")]
    [InlineData("update source set documents = 2")]
    [InlineData("update generation set documents = 3, chunks = 1")]
    [InlineData("update generation set state = 2")]
    [InlineData("update namespace set generation = null")]
    [InlineData("update namespace set sequence = 0")]
    public async Task What_is_lost_or_changed_comes_back_from_its_source_without_an_embedding_call(string damage)
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench);
        var before = await bench.ExportAsync();
        var asked = bench.Generator.Asked.Count;
        await ExecuteAsync(damage);

        (await IsInStepAsync(bench)).ShouldBeFalse();

        var source = Source();
        var report = await VerifyAsync(bench, repair: true, source);
        report.Errors.Select(error => error.Message).ShouldBeEmpty();
        report.InSync.ShouldBeTrue();
        (await bench.ExportAsync()).ShouldBe(before);
        bench.Generator.Asked.Count.ShouldBe(asked);
        (await VerifyAsync(bench, repair: false, source)).InSync.ShouldBeTrue();
        (await bench.SyncAsync(source)).Documents.Skipped.ShouldBe(12);
    }

    [Fact]
    public async Task A_former_state_that_nothing_brings_back_is_dropped_and_said()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "first\n\nshared"), Upsert("b", "of b"));
        await bench.SyncAsync(Upsert("a", "second\n\nshared"), Upsert("b", "of b"));
        await bench.SyncAsync(Upsert("a", "third\n\nshared"), Upsert("b", "of b"));
        var before = await bench.ExportAsync();
        await ExecuteAsync("update chunk set text = 'others' where text like 'second%'");

        var check = await Store.Care.CheckAsync("default", CancellationToken.None);
        check.Damages.ShouldContain(damage => damage.Item == "a" && damage.Kind == DamageKind.Past);
        (await bench.SyncAsync(Upsert("a", "third\n\nshared"), Upsert("b", "of b"))).Documents.Skipped.ShouldBe(2, "the past hinders nobody");
        await Should.ThrowAsync<TidemarkException>(CopiedAsync);

        var report = await VerifyAsync(bench, repair: true);
        report.InSync.ShouldBeTrue();
        report.Warnings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            lost => lost.Code.ShouldBe(ErrorCodes.HistoryLost), lost => lost.Item.ShouldBe("a"), lost => lost.Message.ShouldContain("commits 2 to 3"));
        (await CopiedAsync()).ShouldBe(1, "the state before stays, with the chunk that both had");
        (await bench.ExportAsync()).ShouldBe(before);
        (await VerifyAsync(bench, repair: true)).ShouldSatisfyAllConditions(again => again.Repaired.ShouldBe(0), again => again.Warnings.ShouldBeEmpty());
    }

    [Fact]
    public async Task A_former_state_comes_back_from_an_equal_chunk()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "the same words"), Upsert("b", "the same words"));
        await bench.SyncAsync(Upsert("a", "others"), Upsert("b", "the same words"));
        await ExecuteAsync("update chunk set text = 'damaged' where to_sequence is not null");
        (await VerifyAsync(bench, repair: false)).InSync.ShouldBeFalse();

        var report = await VerifyAsync(bench, repair: true);

        (report.InSync, report.Warnings.Count).ShouldBe((true, 0));
        (await CopiedAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_vector_that_only_the_past_needs_is_told_and_taken_away()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "former"));
        await bench.SyncAsync(Upsert("a", "now"));
        await ExecuteAsync("update embedding set seal = seal + 1 where input in (select input from chunk where to_sequence is not null)");
        (await VerifyAsync(bench, repair: false)).InSync.ShouldBeFalse();
        await Should.ThrowAsync<TidemarkException>(CopiedAsync);

        (await VerifyAsync(bench, repair: true)).InSync.ShouldBeTrue();

        await CopiedAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_vector_that_takes_the_place_of_a_damaged_one_has_the_cause_for_which_it_was_made(bool replace)
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "text"));
        var stored = (await Store.Reader.OriginsAsync("default", "a", CancellationToken.None)).Single();
        stored.Cause.ShouldBe(EmbeddingCause.Text);
        var space = (await Store.Reader.NamespaceAsync("default", CancellationToken.None))!.Generation!.Pipeline;
        await ExecuteAsync("update embedding set seal = seal + 1");

        await Store.Embeddings.PutAsync(
            new EmbeddingSpace(space.Space, space.Dimensions),
            [new StoredEmbedding(stored.Input, Enumerable.Repeat(0.5f, space.Dimensions).ToArray())],
            replace,
            EmbeddingReceipt.None with { Cause = EmbeddingCause.Repair },
            CancellationToken.None);

        (await Store.Reader.OriginsAsync("default", "a", CancellationToken.None)).Single().Cause.ShouldBe(EmbeddingCause.Repair);
    }

    [Fact]
    public async Task Tokens_of_a_document_are_counted_again_from_its_chunks()
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench);
        var tokens = await TokensAsync();
        await ExecuteAsync("update layout set tokens = tokens + 5 where document in (select min(document) from layout)");

        (await VerifyAsync(bench, repair: false)).InSync.ShouldBeFalse();
        (await VerifyAsync(bench, repair: true)).InSync.ShouldBeTrue();

        (await TokensAsync()).ShouldBe(tokens);
        (await VerifyAsync(bench, repair: false)).InSync.ShouldBeTrue();

        async Task<long> TokensAsync()
        {
            await using var run = await StoreScribe.OpenAsync(Store, source: "s");
            return run.Source.Tokens;
        }
    }

    [Fact]
    public async Task A_removed_document_that_became_live_is_removed_again()
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench);
        await bench.SyncAsync(new ScriptedSource("s", [.. Changes().Take(11)]));
        var before = await bench.ExportAsync();
        await ExecuteAsync("update document set state = 1 where id = 'd11'");
        (await VerifyAsync(bench, repair: false)).InSync.ShouldBeFalse();

        (await VerifyAsync(bench, repair: true)).InSync.ShouldBeTrue();

        (await bench.ExportAsync()).ShouldBe(before);
        (await bench.SyncAsync(Source())).Documents.Added.ShouldBe(1);
    }

    [Theory]
    [InlineData("delete from index_owner")]
    [InlineData("update index_owner set namespace = namespace + 1000")]
    [InlineData("update outbox set change = 17")]
    [InlineData("delete from outbox")]
    [InlineData("delete from outbox where change = 0")]
    public async Task What_leads_to_an_external_index_is_told_and_mended(string damage)
    {
        var bench = new PublishingBench(Store);
        await bench.SyncAsync(Upsert("a", "word one"));
        await bench.SyncAsync(requests: 0, Upsert("a", "word two"));
        await ExecuteAsync(damage);

        try
        {
            (await bench.VerifyAsync()).InSync.ShouldBeFalse();
        }
        catch (TidemarkException e)
        {
            (e.Code, e.Remedy.Contains("VerifyAsync", StringComparison.Ordinal)).ShouldBe((ErrorCodes.StoreCorrupt, true));
        }

        (await bench.VerifyAsync(repair: true)).InSync.ShouldBeTrue();
        (await bench.FindAsync("word", SearchMode.Vector)).ShouldBe(["a: word two"]);
        (await bench.SyncAsync(Upsert("a", "word three"))).Index!.Pending.ShouldBe(0);
        (await bench.VerifyAsync()).InSync.ShouldBeTrue();
    }

    [Fact]
    public async Task A_repair_makes_no_vectors_of_a_namespace_that_has_them_outside()
    {
        var bench = new PublishingBench(Store);
        await bench.SyncAsync(Upsert("a", "word one"));
        bench.Server.Collections.Clear();

        (await bench.VerifyAsync(repair: true)).InSync.ShouldBeTrue();

        // Nobody would take anything out of them again.
        await ExecuteAsync("create table vectors_1 (chunk integer); create table vector_pack_1 (chunk integer)");
        (await bench.FindAsync("word", SearchMode.Vector)).ShouldBe(["a: word one"]);
    }

    [Fact]
    public async Task What_ends_a_check_is_told_beside_what_it_had_found()
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench);
        await ExecuteAsync("update source set name = 'another'");
        var before = await Store.Care.CheckAsync("default", CancellationToken.None);
        await ExecuteAsync(Impassable);

        var check = await Store.Care.CheckAsync("default", CancellationToken.None);

        check.Damages.ShouldContain(before.Damages[0]);
        check.Damages.ShouldContain(damage => damage.Item == "the store" && damage.Kind == DamageKind.Lost);
        (await VerifyAsync(bench, repair: false)).ShouldSatisfyAllConditions(
            report => report.InSync.ShouldBeFalse(), report => report.Errors.ShouldContain(error => error.Item == "the store"));
    }

    [Theory]
    [InlineData("sources", "[1]")]
    [InlineData("sources", "{")]
    [InlineData("report", "[]")]
    [InlineData("report", "{")]
    public async Task Of_a_run_only_what_cannot_be_read_is_taken_away(string column, string value)
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench);
        var run = (await Store.Reader.RunsAsync("default", 1, CancellationToken.None)).ShouldHaveSingleItem();
        await ExecuteAsync($"update run set {column} = '{value}'");

        (await VerifyAsync(bench, repair: false)).Errors.ShouldHaveSingleItem().Message.ShouldContain($"'{column}'");
        (await VerifyAsync(bench, repair: true)).ShouldSatisfyAllConditions(
            report => report.InSync.ShouldBeTrue(), report => report.Repaired.ShouldBe(1));

        var mended = (await Store.Reader.RunsAsync("default", 10, CancellationToken.None)).Single(one => one.Id == run.Id);
        (run.Sources.Count, run.ReportJson is null).ShouldBe((1, false));
        mended.Sources.ShouldBe(column == "sources" ? [] : run.Sources);
        mended.ReportJson.ShouldBe(column == "report" ? null : run.ReportJson);
    }

    [Fact]
    public async Task Words_that_are_missing_are_noticed_by_who_finds_fewer_than_he_asked_for()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "word one"), Upsert("b", "word two"));
        var search = new SearchEngine(Store, bench.Pipeline.Model);
        var options = new SearchOptions { Mode = SearchMode.Keyword, Limit = 2 };
        (await search.SearchAsync("one", options, CancellationToken.None)).Hits.ShouldHaveSingleItem();
        await ExecuteAsync(LostWords);

        (await Should.ThrowAsync<TidemarkException>(() => search.SearchAsync("one", options, CancellationToken.None))).Code.ShouldBe(ErrorCodes.StoreCorrupt);
        (await VerifyAsync(bench, repair: true)).InSync.ShouldBeTrue();
        (await search.SearchAsync("word", options, CancellationToken.None)).Hits.Count.ShouldBe(2);
    }

    /// <returns>How many former states a copy would have.</returns>
    private async Task<long> CopiedAsync()
    {
        var digest = new ArchiveDigest();
        await foreach (var page in Store.Archive.ReadAsync(CancellationToken.None))
        {
            digest.Add(page);
        }

        return digest.RowsOf(ArchiveTables.History);
    }

    [Fact]
    public async Task Without_its_source_what_is_damaged_stays_and_is_named()
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench);
        await ExecuteAsync("update chunk set text = 'another text' where key in (select min(key) from chunk)");

        var report = await VerifyAsync(bench, repair: true);

        (report.InSync, report.Documents).ShouldBe((false, 12));
        report.Corrupt.ShouldBeGreaterThan(0);
        report.Errors.ShouldContain(error => error.Code == ErrorCodes.StoreCorrupt && error.Item == "d0");
        var failure = await Should.ThrowAsync<TidemarkException>(async () => await bench.ExportAsync());
        failure.Code.ShouldBe(ErrorCodes.StoreCorrupt);
    }

    [Fact]
    public async Task A_text_comes_back_from_an_equal_chunk_without_any_source()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync(Upsert("a", "the same words"), Upsert("b", "the same words"));
        var before = await bench.ExportAsync();
        await ExecuteAsync("update chunk set text = 'others' where key in (select min(key) from chunk)");

        var report = await VerifyAsync(bench, repair: true);

        report.InSync.ShouldBeTrue();
        (await bench.ExportAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Many_texts_of_one_input_come_back_from_the_one_that_is_sound()
    {
        var bench = new SyncBench(Store);
        await bench.SyncAsync([
            .. Enumerable.Range(0, 6).Select(i => Upsert($"a{i}", "the same words")),
            Upsert("b", "words that nobody else has")]);
        var before = await bench.ExportAsync();
        await ExecuteAsync("update chunk set text = 'others' where key in (select key from chunk where text like 'the same%' order by key limit 5)");

        (await VerifyAsync(bench, repair: true)).Repaired.ShouldBeGreaterThanOrEqualTo(5);

        (await bench.ExportAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task What_is_left_over_goes_once_a_source_shows_that_nothing_is_missing()
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench);
        await ExecuteAsync("delete from document where id = 'd3'");
        await SyncAsync(bench);
        var before = await VerifyAsync(bench, repair: false, Source());
        (before.InSync, before.Source.IsDrift).ShouldBe((false, false));

        // It may be all that there is of a document that no source was asked for.
        var alone = await VerifyAsync(bench, repair: true);
        alone.Errors.ShouldContain(error => error.Code == ErrorCodes.StoreCorrupt && error.Remedy!.Contains("VerifyAsync(SOURCE, Repair)"));
        var unread = new ScriptedSource("s", [.. Changes()]) { Unreadable = new HashSet<string> { "d5" } };
        (await VerifyAsync(bench, repair: true, unread)).Corrupt.ShouldBe(alone.Corrupt);

        var report = await VerifyAsync(bench, repair: true, Source());
        report.Errors.ShouldBeEmpty();
        report.InSync.ShouldBeTrue();
        report.Repaired.ShouldBeGreaterThan(0);
        (await VerifyAsync(bench, repair: false, Source())).InSync.ShouldBeTrue();
    }

    [Fact]
    public async Task A_generation_that_does_not_answer_never_takes_the_place_of_the_one_that_does()
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench);
        var before = await bench.ExportAsync();
        await ExecuteAsync(
            """
            insert into generation (namespace, chunker, input, space, state) select namespace, 'another', input, space, 1 from generation;
            create table staged as select * from layout where document in (select min(document) from layout);
            update staged set generation = (select max(id) from generation);
            insert into layout select * from staged;
            drop table staged
            """);
        (await VerifyAsync(bench, repair: false)).InSync.ShouldBeFalse();

        (await VerifyAsync(bench, repair: true)).InSync.ShouldBeTrue();

        (await bench.ExportAsync()).ShouldBe(before);
        await ExecuteAsync("update namespace set generation = (select max(id) from generation)");
        (await VerifyAsync(bench, repair: true)).InSync.ShouldBeTrue();
        (await bench.ExportAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("update document set metadata = '{\"n\":99}' where id = 'd2'", "VerifyAsync(SOURCE, Repair)")]
    [InlineData("update source set name = 'another'", "'VerifyAsync(Repair)'")]
    [InlineData("update generation set documents = 3, chunks = 1", "'VerifyAsync(Repair)'")]
    [InlineData("update catalog set first = 'a', second = 'b' where kind = 'source'", "a backup")]
    public async Task Each_damage_names_what_helps_against_it(string damage, string remedy)
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench);
        await ExecuteAsync(damage);

        var errors = (await VerifyAsync(bench, repair: false)).Errors;

        errors.ShouldNotBeEmpty();
        errors.ShouldAllBe(error => error.Remedy!.Contains(remedy));
    }

    [Fact]
    public async Task What_comes_back_is_counted_once()
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench);
        await ExecuteAsync("update document set metadata = '{\"n\":99}' where id = 'd2'; update source set name = 'another'");

        // The name from its copies, the document from its source.
        (await VerifyAsync(bench, repair: true, Source())).Repaired.ShouldBe(2);
        (await VerifyAsync(bench, repair: true, Source())).Repaired.ShouldBe(0);
    }

    [Fact]
    public async Task A_damaged_vector_is_embedded_again_and_never_indexed()
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench);
        var before = await bench.ExportAsync();
        var asked = bench.Generator.Asked.Count;
        await ExecuteAsync(
            """
            update embedding set vector = (select e.vector from embedding e where e.seal = (select max(seal) from embedding))
            where seal = (select min(seal) from embedding)
            """);

        (await VerifyAsync(bench, repair: false)).Corrupt.ShouldBe(1);
        (await VerifyAsync(bench, repair: true)).InSync.ShouldBeTrue();

        (await bench.ExportAsync()).ShouldBe(before);
        bench.Generator.Asked.Count.ShouldBe(asked + 1);
    }

    [Fact]
    public async Task Lost_vectors_are_embedded_again_and_nothing_else_is()
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench);
        var before = await bench.ExportAsync();
        var asked = bench.Generator.Asked.Count;
        await ExecuteAsync("delete from embedding");

        (await VerifyAsync(bench, repair: false)).InSync.ShouldBeFalse();
        (await VerifyAsync(bench, repair: true)).InSync.ShouldBeTrue();

        (await bench.ExportAsync()).ShouldBe(before);
        bench.Generator.Asked.Count.ShouldBe(2 * asked);
    }

    [Fact]
    public async Task A_changed_document_that_is_damaged_is_written_whole_by_the_next_sync()
    {
        var bench = new SyncBench(Store);
        await SyncAsync(bench);
        await ExecuteAsync("delete from layout where document in (select key from document where id = 'd4')");

        await bench.SyncAsync(new ScriptedSource("s", [Upsert("d4", "text 4 a\n\nedited")]), r => r with { Cleanup = CleanupMode.None });

        (await VerifyAsync(bench, repair: true, Source("text 4 a\n\nedited"))).InSync.ShouldBeTrue();
    }

    private static Task SyncAsync(SyncBench bench) => bench.SyncAsync(Source());

    private static ScriptedSource Source(string? fourth = null) => new("s", [.. Changes(fourth)]);

    private static IEnumerable<DocumentChange> Changes(string? fourth = null) => Enumerable.Range(0, 12).Select(i => Upsert(
        $"d{i}", i == 4 && fourth is not null ? fourth : $"text {i} a\n\ntext {i} b", $$"""{"n":{{i}}}""", i < 3 ? "shared" : null));

    private static async Task<bool> IsInStepAsync(SyncBench bench)
    {
        try
        {
            return (await VerifyAsync(bench, repair: false)).InSync;
        }
        catch (TidemarkException e) when (e.Code is ErrorCodes.StoreCorrupt or ErrorCodes.NamespaceMissing)
        {
            return false;
        }
    }

    private static Task<VerifyReport> VerifyAsync(SyncBench bench, bool repair, params IDocumentSource[] sources) =>
        new VerifyEngine(bench.Store, bench.Pipeline, TimeProvider.System).VerifyAsync(
            new VerifyOptions { Sources = sources, Repair = repair }, CancellationToken.None);
}
