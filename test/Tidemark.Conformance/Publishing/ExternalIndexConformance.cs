using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Conformance.Publishing;

/// <summary>What an adapter of an external index promises.</summary>
public abstract class ExternalIndexConformance : IAsyncLifetime
{
    protected static readonly CancellationToken None = CancellationToken.None;

    private static readonly EmbeddingSpace Space = new("counting:32", CountingGenerator.Dimensions);

    /// <summary>Of an index that is not there yet, another one for each test.</summary>
    protected abstract string Location { get; }

    /// <summary>Opens it; dispose of the result after the test.</summary>
    protected abstract IExternalIndex Open();

    /// <summary>Removes the index behind the adapter's back.</summary>
    protected abstract Task RemoveAsync();

    protected IndexBinding Binding => new("default", Space, Location, "me", null);

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await RemoveAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_index_that_is_missing_is_made_only_on_request()
    {
        await using var index = Open();
        (await index.AttachAsync(Binding, create: false, None)).ShouldBeNull();
        var made = await index.AttachAsync(Binding, create: true, None);

        made.ShouldNotBeNullOrEmpty();
        (await index.AttachAsync(Binding, create: false, None)).ShouldBe(made);
        (await index.AttachAsync(Binding with { Incarnation = made }, create: true, None)).ShouldBe(made);
    }

    [Fact]
    public async Task One_that_was_removed_and_made_again_is_not_the_same()
    {
        await using var index = Open();
        var made = await index.AttachAsync(Binding, create: true, None);
        await RemoveAsync();
        var known = Binding with { Incarnation = made };

        await ShouldFailAsync(ErrorCodes.IndexMissing, async () => await index.AttachAsync(known, create: true, None));
        await ShouldFailAsync(ErrorCodes.IndexMissing, async () => await index.SearchAsync(Vector("one"), 1, None));
        await ShouldFailAsync(ErrorCodes.IndexMissing, async () => await index.PutAsync([Entry(1, "one")], None));
        (await index.AttachAsync(Binding, create: true, None)).ShouldNotBe(made);
        await ShouldFailAsync(ErrorCodes.IndexMissing, async () => await index.AttachAsync(known, create: false, None));
    }

    [Fact]
    public async Task One_of_another_owner_or_another_space_is_refused()
    {
        await using var index = Open();
        await index.AttachAsync(Binding, create: true, None);

        foreach (var stranger in (IndexBinding[])
            [Binding with { Owner = "you" }, Binding with { Space = Space with { Name = "other:32" } }])
        {
            await ShouldFailAsync(ErrorCodes.IndexForeign, async () => await index.AttachAsync(stranger, create: true, None));
            await ShouldFailAsync(ErrorCodes.IndexForeign, async () => await index.AttachAsync(stranger, create: false, None));
        }
    }

    [Fact]
    public async Task What_was_put_is_found_nearest_first_and_listed_as_it_is()
    {
        await using var index = await AttachedAsync();
        IndexEntry[] entries = [Entry(1, "one"), Entry(2, "two"), Entry(3, "three")];
        await index.PutAsync(entries, None);

        (await index.SearchAsync(Vector("two"), 1, None)).ShouldBe(["7-2"]);
        (await index.SearchAsync(Vector("two"), 10, None)).Count.ShouldBe(3);
        var listed = await ListAsync(index);
        listed.Keys.Order(StringComparer.Ordinal).ShouldBe(["7-1", "7-2", "7-3"]);
        entries.ShouldAllBe(entry => listed[entry.Id.ToString()].IsLike(entry));
    }

    [Fact]
    public async Task Whatever_differs_is_noticed()
    {
        await using var index = await AttachedAsync();
        var entry = Entry(1, "one") with { Metadata = MetadataCanonicalizer.Parse("""{"lang":"en","n":1}""") };
        await index.PutAsync([entry], None);
        var listed = (await ListAsync(index)).Single().Value;

        listed.IsLike(entry).ShouldBeTrue();
        foreach (var other in (IndexEntry[])
        [
            entry with { Text = "1" }, entry with { Document = "b" }, entry with { Source = "other" },
            entry with { ChunkId = "other" }, entry with { Vector = Vector("two") }, entry with { Vector = default },
            entry with { Metadata = MetadataCanonicalizer.Parse("""{"lang":"de","n":1}""") },
            entry with { Metadata = MetadataCanonicalizer.Parse("""{"lang":"en"}""") },
            entry with { Metadata = MetadataCanonicalizer.Parse("""{"lang":"en","n":1,"m":2}""") },
        ])
        {
            listed.IsLike(other).ShouldBeFalse(other.ToString());
        }
    }

    [Fact]
    public async Task Putting_again_replaces_all_of_an_entry()
    {
        await using var index = await AttachedAsync();
        await index.PutAsync([Entry(1, "one") with { Metadata = MetadataCanonicalizer.Parse("""{"a":1,"b":"x"}""") }], None);
        var next = Entry(1, "two") with { Metadata = MetadataCanonicalizer.Parse("""{"b":"y","c":true}""") };

        await index.PutAsync([next], None);
        await index.PutAsync([next], None);

        (await ListAsync(index)).Single().Value.IsLike(next).ShouldBeTrue();
    }

    [Fact]
    public async Task Deleting_is_idempotent()
    {
        await using var index = await AttachedAsync();
        await index.PutAsync([Entry(1, "one"), Entry(2, "two")], None);

        await index.DeleteAsync(["7-1", "nobody's"], None);
        await index.DeleteAsync(["7-1"], None);

        (await ListAsync(index)).Keys.ShouldBe(["7-2"]);
        (await index.SearchAsync(Vector("one"), 10, None)).ShouldBe(["7-2"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ünï \"quoted\" \\ \u0000 \u0001 \U0001F6A2 </script>")]
    public async Task Any_text_and_any_metadata_come_back_as_they_went(string text)
    {
        await using var index = await AttachedAsync();
        var metadata = DocumentMetadata.Of(
            ("text", text), ("", "no name"), ("#hash", 1), ("$dollar", 1), ("chroma:x", 1), ("tidemark_document", "no"),
            ("big", 12345678901234567890m), ("small", 1e-300), ("whole", 1.0), ("no", null), ("list", new[] { "a", "b" }),
            ("yes", true), ("a.b", 2), (new string('k', 300), 1));
        var entry = Entry(1, "one") with { Text = text, Document = "d/" + text, Metadata = metadata };

        await index.PutAsync([entry], None);

        (await ListAsync(index)).Single().Value.IsLike(entry).ShouldBeTrue();
    }

    [Fact]
    public async Task More_entries_than_one_request_takes_are_put_listed_and_deleted()
    {
        await using var index = await AttachedAsync();
        var entries = Enumerable.Range(1, 1203).Select(i => Entry(i, $"text {i}")).ToArray();

        await index.PutAsync(entries, None);
        var listed = await ListAsync(index);
        await index.DeleteAsync([.. entries.Skip(3).Select(entry => entry.Id.ToString())], None);

        listed.Count.ShouldBe(entries.Length);
        entries.ShouldAllBe(entry => listed[entry.Id.ToString()].IsLike(entry));
        (await ListAsync(index)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Only_its_owner_drops_it()
    {
        await using var index = await AttachedAsync();
        await index.DropAsync(Binding with { Owner = "you" }, None);
        (await index.AttachAsync(Binding, create: false, None)).ShouldNotBeNull();

        await index.DropAsync(Binding, None);
        await index.DropAsync(Binding, None);

        (await index.AttachAsync(Binding, create: false, None)).ShouldBeNull();
    }

    protected static ReadOnlyMemory<float> Vector(string text) => CountingGenerator.VectorOf(text);

    protected static IndexEntry Entry(long chunk, string text) => new()
    {
        Id = new EntryId(7, new ChunkKey(chunk)),
        ChunkId = "chunk of " + text,
        Document = "docs/a.md",
        Source = "docs",
        Text = text,
        Metadata = DocumentMetadata.Empty,
        Vector = Vector(text),
    };

    protected static async Task<Dictionary<string, FoundEntry>> ListAsync(IExternalIndex index)
    {
        var listed = new Dictionary<string, FoundEntry>(StringComparer.Ordinal);
        await foreach (var page in index.ListAsync(None))
        {
            foreach (var entry in page)
            {
                listed[entry.Id] = entry;
            }
        }

        return listed;
    }

    protected static async Task ShouldFailAsync(string code, Func<Task> call) =>
        (await Should.ThrowAsync<TidemarkException>(call)).Code.ShouldBe(code);

    protected async Task<IExternalIndex> AttachedAsync()
    {
        var index = Open();
        await index.AttachAsync(Binding, create: true, None);
        return index;
    }
}
