using Shouldly;
using Tidemark.Chunking;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Conformance.Records;

/// <summary>What every <see cref="IRecordReader"/> must show.</summary>
public abstract class RecordReaderConformance : StoreConformance
{
    [Fact]
    public async Task An_empty_store_shows_nothing()
    {
        (await Store.Reader.NamespacesAsync(default)).ShouldBeEmpty();
        (await Store.Reader.NamespaceAsync("default", default)).ShouldBeNull();
        (await ListAsync("")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Namespaces_are_listed_by_name()
    {
        foreach (var name in new[] { "b", "a" })
        {
            await using var run = await StoreScribe.OpenAsync(Store, name);
            await run.PutAsync("x", "1", "2");
        }

        var all = await Store.Reader.NamespacesAsync(default);

        all.Select(n => (n.Name, n.Documents, n.Chunks, n.Sequence)).ShouldBe([("a", 1, 2, 1), ("b", 1, 2, 1)]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Texts_are_put_together_from_chunks_or_kept_as_they_are(bool isPartition)
    {
        const string Text = "one two three\n\nfour five six\n\nseven eight\0nine ten";
        var bench = new SyncBench(Store) { Chunker = isPartition ? null : new RecursiveChunker(20, 8) };
        await bench.SyncAsync(ScriptedSource.Upsert("a\0b", Text), ScriptedSource.Upsert("gone", "x"));
        await bench.SyncAsync(ScriptedSource.Upsert("a\0b", Text));

        var texts = await Store.Reader.TextsAsync("default", ["a\0b", "gone", "nope"], default);

        texts.ShouldHaveSingleItem().ShouldBe(new KeyValuePair<string, string>("a\0b", Text));
    }

    [Fact]
    public async Task Sources_that_hold_documents_are_named_in_order()
    {
        (await Store.Reader.SourcesAsync("default", default)).ShouldBeEmpty();
        foreach (var name in new[] { "b", "a", "gone", "never" })
        {
            await using var run = await StoreScribe.OpenAsync(Store, source: name);
            if (name != "never")
            {
                await run.PutAsync($"{name}/x", "1");
            }

            if (name == "gone")
            {
                await run.RemoveAsync("gone/x");
            }
        }

        (await Store.Reader.SourcesAsync("default", default)).ShouldBe(["a", "b"]);
        (await Store.Reader.SourcesAsync("other", default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Documents_without_text_and_ahead_of_the_clock_are_counted()
    {
        (await Store.Reader.FiguresAsync("default", Clock.Now, default)).ShouldBe(DocumentFigures.None);
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(("empty", []), ("full", ["1"]), ("gone", []));
        await run.RemoveAsync("gone");
        var ahead = TestWrites.Put("later", run.Source.Key, ["1"]);
        await run.ApplyAsync(
            ahead with { Document = ahead.Document with { Version = new DocumentVersion(null, Clock.Now.AddTicks(1)) } });
        var now = TestWrites.Put("now", run.Source.Key, ["1"]);
        await run.ApplyAsync(now with { Document = now.Document with { Version = new DocumentVersion(null, Clock.Now) } });

        (await Store.Reader.FiguresAsync("default", Clock.Now, default)).ShouldBe(new DocumentFigures(1, 1, "later"));
    }

    [Fact]
    public async Task A_generation_is_unused_until_it_has_held_a_chunk()
    {
        (await Store.Reader.IsUnusedAsync("default", default)).ShouldBeTrue();
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(("empty", []));
        (await Store.Reader.IsUnusedAsync("default", default)).ShouldBeTrue();

        await run.PutAsync("full", "1");
        (await Store.Reader.IsUnusedAsync("default", default)).ShouldBeFalse();
        await run.RemoveAsync("full");
        (await Store.Reader.IsUnusedAsync("default", default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Documents_are_listed_by_prefix_in_order()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(
            ("docs/b", ["1"]), ("docs/a", ["2"]), ("docs", ["3"]), ("docs/ü", ["4"]), ("docs0", ["5"]), ("doc", ["6"]),
            ("docs/gone", ["7"]));
        await run.RemoveAsync("docs/gone");

        (await ListAsync("docs/")).Select(d => d.Id).ShouldBe(["docs/a", "docs/b", "docs/ü"]);
        (await ListAsync("")).Select(d => d.Id).ShouldBe(["doc", "docs", "docs/a", "docs/b", "docs/ü", "docs0"]);
        (await ListAsync("docs/ü")).Select(d => d.Id).ShouldBe(["docs/ü"]);
        (await ListAsync("%")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_document_is_shown_with_all_that_is_known_of_it()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.BeginRunAsync(Clock.Now);
        var put = TestWrites.Put("a", run.Source.Key, ["1", "2"]);
        var document = put.Document with
        {
            SourceId = "group",
            Metadata = MetadataCanonicalizer.Parse("""{"a":1}"""),
            Version = new DocumentVersion(3, null),
            ExpiresAt = Clock.Now.AddDays(1),
            Tier = "archived",
        };
        Clock.Now = Clock.Now.AddMinutes(5);

        await run.ApplyAsync(put with { Document = document });

        (await ListAsync("")).Single().ShouldBe(new DocumentSummary
        {
            Id = "a",
            Source = "docs",
            SourceId = "group",
            TextHash = ContentHash.Of("12"),
            Metadata = document.Metadata,
            Version = document.Version,
            ExpiresAt = document.ExpiresAt,
            Tier = "archived",
            Chunks = 2,
            Sequence = 1,
            Run = run.Run!.Id,
            UpdatedAt = Clock.Now,
        });
    }

    [Fact]
    public async Task Chunks_come_by_document_and_ordinal()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(("b", ["# Head", "same", "same"]), ("a", ["first"]));

        var chunks = await run.ChunksAsync();

        chunks.Select(c => (c.Document, c.Ordinal, c.Text, c.Occurrence, c.Heading)).ShouldBe(
        [
            ("a", 0, "first", 0, null), ("b", 0, "# Head", 0, "# Head"), ("b", 1, "same", 0, null),
            ("b", 2, "same", 1, null),
        ]);
        chunks.ShouldAllBe(c => c.Source == "docs" && c.Vector == null);
        chunks.Select(c => c.Id).Distinct().Count().ShouldBe(4);
        (await run.ChunksAsync("a")).Single().Text.ShouldBe("first");
        (await run.ChunksAsync("nobody")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Vectors_come_only_where_they_are_asked_for()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync("a", "x", "y");

        (await run.ChunksAsync(withVectors: true)).Select(c => c.Vector!.Value.ToArray())
            .ShouldBe([TestVector.Of("x"), TestVector.Of("y")]);
    }

    [Fact]
    public async Task A_stream_of_chunks_shows_one_state_whatever_is_written_meanwhile()
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(("a", ["1", "2"]), ("b", ["3", "4"]), ("c", ["5"]));
        var seen = new List<string>();

        await foreach (var chunk in Store.Reader.ChunksAsync("default", null, withVectors: true, default))
        {
            if (seen.Count == 0)
            {
                await run.PutAsync("b", "new");
                await run.RemoveAsync("a");
                await run.RemoveAsync("c");
            }

            seen.Add(chunk.Text);
        }

        seen.ShouldBe(["1", "2", "3", "4", "5"]);
        (await run.ChunksAsync()).Select(c => c.Text).ShouldBe(["new"]);
    }

    [Theory]
    [InlineData("", null, "a a/1 a/2 a/3 b")]
    [InlineData("", "a", "a/1 a/2 a/3 b")]
    [InlineData("", "a/15", "a/2 a/3 b")]
    [InlineData("", "z", "")]
    [InlineData("a/", "a/2", "a/3")]
    [InlineData("a/", "a", "a/1 a/2 a/3")]
    [InlineData("a/", "b", "")]
    public async Task A_listing_goes_on_behind_an_id(string prefix, string? after, string ids)
    {
        await using var run = await StoreScribe.OpenAsync(Store);
        await run.PutAsync(("b", ["1"]), ("a/2", ["2"]), ("a", ["3"]), ("a/3", ["4"]), ("a/1", ["5"]));

        var listed = await Store.Reader.DocumentsAsync("default", prefix, after, default).Select(document => document.Id).ToListAsync();

        string.Join(' ', listed).ShouldBe(ids);
    }

    private async Task<List<DocumentSummary>> ListAsync(string prefix)
    {
        var documents = new List<DocumentSummary>();
        await foreach (var document in Store.Reader.DocumentsAsync("default", prefix, default))
        {
            documents.Add(document);
        }

        return documents;
    }
}
