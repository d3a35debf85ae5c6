using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Conformance.Records;

/// <summary>What every <see cref="IRecordStore"/> must do with the writes of a run.</summary>
public abstract class RecordStoreConformance : StoreConformance
{
    [Fact]
    public async Task Live_documents_of_a_part_are_those_whose_id_begins_so()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(("docs/a", ["1"]), ("docs/guide/b", ["2"]), ("docs/guide", ["3"]), ("docs/guidebook", ["4"]),
            ("docs/guide/ü", ["5"]));

        var part = await run.LiveAsync(run.Source.Key, "docs/guide/");

        part.Select(document => document.Key).ShouldBe(
            [(await run.GlanceAsync("docs/guide/b")).Key, (await run.GlanceAsync("docs/guide/ü")).Key], ignoreOrder: true);
        (await run.LiveAsync(run.Source.Key, "docs/%")).ShouldBeEmpty();
        (await run.LiveAsync(null, "")).Count.ShouldBe(5);
    }

    [Fact]
    public async Task An_unknown_document_has_an_empty_glance()
    {
        await using var run = await StoreScribe.OpenAsync(Store);

        (await run.GlanceAsync("a")).ShouldBe(default);
        (await run.GlanceAsync("")).ShouldBe(default);
    }

    [Fact]
    public async Task A_put_document_can_be_glanced_and_loaded()
    {
        await using var run = await StoreScribe.OpenAsync(Store);

        var result = await run.PutAsync("a", "one ", "two");

        result.Sequence.ShouldBe(1);
        result.Documents.Single().Applied.ShouldBeTrue();
        var glance = await run.GlanceAsync("a");
        glance.Key.ShouldBe(result.Documents[0].Key);
        glance.State.ShouldBe(DocumentState.Live);
        glance.Source.ShouldBe(run.Source.Key);
        glance.SourceId.IsNone.ShouldBeTrue();
        glance.Sequence.ShouldBe(1);
        glance.Chunks.ShouldBe(2);
        glance.Token.ShouldBe(TestWrites.Token("a"));
        var document = await run.LoadAsync("a", withText: true);
        document.Glance.ShouldBe(glance);
        document.Text.ShouldBe("one two");
        document.TextHash.ShouldBe(ContentHash.Of("one two"));
        document.Chunks.Select(c => (c.Start, c.Length, c.Occurrence)).ShouldBe([(0, 4, 0), (4, 3, 0)]);
        document.Chunks.Select(c => c.Input).ShouldBe([TestVector.InputOf("one "), TestVector.InputOf("two")]);
    }

    [Fact]
    public async Task Everything_that_a_document_says_of_itself_comes_back()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        var put = TestWrites.Put("a", run.Source.Key, ["text"]);
        var modified = new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).AddTicks(1234567);
        var document = put.Document with
        {
            SourceId = "group",
            Metadata = MetadataCanonicalizer.Parse("""{"b":1,"a":["\u0000é",2.50]}"""),
            Version = new DocumentVersion(42, modified),
            ExpiresAt = modified.AddYears(1),
            Tier = "premium",
        };

        await run.ApplyAsync(put with { Document = document, Repeats = true });

        var record = await run.LoadAsync("a");
        record.Id.ShouldBe("a");
        record.SourceId.ShouldBe("group");
        record.Metadata.ShouldBe(document.Metadata);
        record.Version.ShouldBe(document.Version);
        record.ExpiresAt.ShouldBe(document.ExpiresAt);
        record.Tier.ShouldBe("premium");
        record.Glance.Repeats.ShouldBeTrue();
        record.Glance.SourceId.ShouldBe(await run.Session.Catalog.FindSourceIdAsync("group", default));
        record.Glance.SourceId.IsNone.ShouldBeFalse();
        record.Text.ShouldBeNull();
    }

    [Theory]
    [InlineData("plain/path.md")]
    [InlineData("quote \" backslash \\ slash /")]
    [InlineData("newline\n tab\t bell\u0007")]
    [InlineData("nul\0inside")]
    [InlineData("ünï🌊")]
    [InlineData("'; DROP TABLE document; --")]
    [InlineData("[1,2]")]
    [InlineData("%_*?")]
    public async Task Any_text_can_be_an_id(string id)
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync((id, ["x"]), (id + "2", ["y"]), ("nul", ["z"]));

        (await run.GlanceAsync(id)).Key.ShouldNotBe((await run.GlanceAsync(id + "2")).Key);
        (await run.LoadAsync(id, withText: true)).Id.ShouldBe(id);
        (await run.LoadAsync(id, withText: true)).Text.ShouldBe("x");
        (await run.ChunksAsync(id)).Single().Document.ShouldBe(id);
    }

    [Fact]
    public async Task A_page_is_looked_up_in_its_own_order_and_repeats_included()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync([.. Enumerable.Range(0, 1500).Select(i => ($"d{i}", new[] { $"text {i}" }))]);
        var ids = Enumerable.Range(0, 2200).Select(i => $"d{i * 7 % 1600}").ToArray();
        using var page = new TestPage(ids);
        var glances = new DocumentGlance[ids.Length];

        await run.Session.GlanceAsync(run.Source.Key, page, glances, default);

        var documents = await run.Session.LoadAsync(
            [.. glances.Where(g => !g.Key.IsNone).Select(g => g.Key)], withText: false, default);
        documents.Select(d => d.Id).ShouldBe(ids.Where(id => int.Parse(id[1..]) < 1500));
        glances.Count(g => g.State == DocumentState.Absent).ShouldBe(ids.Count(id => int.Parse(id[1..]) >= 1500));
    }

    [Fact]
    public async Task A_small_source_is_glanced_right_in_its_next_run_and_after_each_batch_of_it()
    {
        await using (var first = await StoreScribe.OpenAsync(Store))
        {
            await first.PutAsync(("a", ["1"]), ("b", ["2"]), ("c", ["3"]));
            await first.RemoveAsync("c");
        }

        await using (var other = await StoreScribe.OpenAsync(Store, source: "other"))
        {
            await other.PutAsync("elsewhere", "4");
        }

        await using var run = await StoreScribe.OpenAsync(Store);
        (await run.GlanceAsync("a")).Sequence.ShouldBe(1);
        (await run.GlanceAsync("c")).State.ShouldBe(DocumentState.Removed);
        (await run.GlanceAsync("elsewhere")).Source.ShouldNotBe(run.Source.Key);
        (await run.GlanceAsync("nobody")).State.ShouldBe(DocumentState.Absent);

        await run.PutAsync("a", "changed");
        await run.RemoveAsync("b");

        (await run.GlanceAsync("a")).Sequence.ShouldBe(4);
        (await run.GlanceAsync("b")).State.ShouldBe(DocumentState.Removed);
    }

    [Fact]
    public async Task Chunks_that_stay_keep_their_keys_and_the_rest_is_closed()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync("a", "one", "two", "one");
        var before = (await run.LoadAsync("a")).Chunks;

        await run.PutAsync("a", "new", "one", "one");

        var after = (await run.LoadAsync("a", withText: true)).Chunks;
        after.Skip(1).Select(c => c.Key).ShouldBe([before[0].Key, before[2].Key]);
        after.Select(c => c.Start).ShouldBe([0, 3, 6]);
        (await run.ChunksAsync()).Select(c => c.Text).ShouldBe(["new", "one", "one"]);
        (await run.GlanceAsync("a")).Chunks.ShouldBe(3);
    }

    [Fact]
    public async Task A_chunk_of_another_document_cannot_be_kept()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync("other", "text");
        var foreign = (await run.LoadAsync("other")).Chunks;

        await Should.ThrowAsync<InvalidOperationException>(() =>
            run.ApplyAsync(TestWrites.Put("a", run.Source.Key, ["text"], former: foreign)));

        (await run.GlanceAsync("a")).State.ShouldBe(DocumentState.Absent);
    }

    [Fact]
    public async Task A_text_that_changed_under_the_same_input_is_patched()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync("a", "Hello", "world");
        var put = await run.PutOfAsync("a", "Hello", "world");
        var chunks = put.Chunks.ToArray();
        chunks[0] = chunks[0] with { Text = "HELLO " };

        await run.ApplyAsync(put with { Chunks = chunks });

        var patched = await run.ChunksAsync(withVectors: true);
        patched.Select(c => c.Text).ShouldBe(["HELLO ", "world"]);
        patched[0].Input.ShouldBe(TestVector.InputOf("Hello"));
        patched[0].Vector!.Value.ToArray().ShouldBe(TestVector.Of("Hello"));
        (await run.LoadAsync("a")).Chunks.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_chunk_without_its_vector_is_refused_and_nothing_of_the_batch_is_done()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        var put = TestWrites.Put("b", run.Source.Key, ["text"]);
        var bare = put with { Chunks = [put.Chunks[0] with { Vector = default }] };

        var error = await Should.ThrowAsync<TidemarkException>(() =>
            run.ApplyAsync(TestWrites.Put("a", run.Source.Key, ["fine"]), bare));

        error.Code.ShouldBe(ErrorCodes.EmbeddingMissing);
        (await run.GlanceAsync("a")).State.ShouldBe(DocumentState.Absent);
        (await run.PutAsync("a", "fine")).Sequence.ShouldBe(1);
    }

    [Fact]
    public async Task An_embedding_that_was_collected_meanwhile_is_put_back()
    {
        await using var run = await StoreScribe.OpenAsync(Store);

        await run.Session.ApplyAsync(
            new ApplyBatch(run.Generation, 0, [TestWrites.Put("a", run.Source.Key, ["text"])]), default);

        (await Store.Embeddings.ContainsAsync(TestVector.Space, [TestVector.InputOf("text")], default)).Count.ShouldBe(1);
        (await run.ChunksAsync(withVectors: true)).Single().Vector!.Value.ToArray().ShouldBe(TestVector.Of("text"));
    }

    [Fact]
    public async Task An_empty_document_is_live_with_no_chunks()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync("a");

        var document = await run.LoadAsync("a", withText: true);

        document.Glance.State.ShouldBe(DocumentState.Live);
        document.Chunks.ShouldBeEmpty();
        document.Text.ShouldBe("");
        (await run.ChunksAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, "over lapping")]
    [InlineData(false, null)]
    public async Task A_text_beside_its_chunks_is_kept_if_it_shall_be(bool keepText, string? expected)
    {
        await using var run = await StoreScribe.OpenAsync(Store, keepText: keepText);
        var put = TestWrites.Put("a", run.Source.Key, ["over lap", "lapping"]);

        await run.ApplyAsync(put with
        {
            Document = put.Document with { Text = "over lapping" },
            TextHash = ContentHash.Of("over lapping"),
            ChunksArePartition = false,
        });

        (await run.LoadAsync("a", withText: true)).Text.ShouldBe(expected);
        await run.PutAsync("a", "whole");
        (await run.LoadAsync("a", withText: true)).Text.ShouldBe("whole");
    }

    [Fact]
    public async Task Live_documents_are_listed_by_source_or_all_of_the_namespace()
    {
        await using (var other = await StoreScribe.OpenAsync(Store, source: "other"))
        {
            await other.PutAsync("x", "1");
        }

        await using (var elsewhere = await StoreScribe.OpenAsync(Store, "another-namespace"))
        {
            await elsewhere.PutAsync("a", "2");
        }

        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync([.. Enumerable.Range(0, 2100).Select(i => ($"d{i}", new[] { "same" }))]);
        await run.RemoveAsync("d7");

        var mine = await run.LiveAsync(run.Source.Key);

        mine.Count.ShouldBe(2099);
        mine.ShouldAllBe(d => d.Chunks == 1 && d.Sequence == 2 && d.TextHash == ContentHash.Of("same"));
        mine.Select(d => d.Key).Distinct().Count().ShouldBe(2099);
        (await run.LiveAsync()).Count.ShouldBe(2100);
    }

    [Fact]
    public async Task Documents_of_two_namespaces_never_meet()
    {
        await using (var other = await StoreScribe.OpenAsync(Store, "other"))
        {
            await other.PutAsync("a", "theirs");
        }

        await using var run = await StoreScribe.OpenAsync(Store);
        (await run.GlanceAsync("a")).ShouldBe(default);
        await run.PutAsync("a", "mine");

        (await run.ChunksAsync()).Single().Text.ShouldBe("mine");
        run.Session.Catalog.Namespace.Sequence.ShouldBe(1);
    }
}
