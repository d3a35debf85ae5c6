using Shouldly;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class ChunkDiffTests
{
    [Fact]
    public void Everything_is_new_without_a_former_state()
    {
        var diff = Compare("aabb", ["aa", "bb"], former: []);

        diff.Added.ShouldBe(2);
        diff.Writes.Select(w => w.Text).ShouldBe(["aa", "bb"]);
    }

    [Fact]
    public void A_chunk_in_the_middle_is_added_and_the_others_go_on()
    {
        var diff = Compare("aaXXbb", ["aa", "XX", "bb"], former: ["aa", "bb"]);

        (diff.Added, diff.Unchanged, diff.Closed).ShouldBe((1, 2, 0));
        diff.Writes.Select(w => w.Existing.Value).ShouldBe([1, 0, 2]);
    }

    [Fact]
    public void Repeated_chunks_are_told_apart_by_occurrence()
    {
        var diff = Compare("aaaa", ["aa", "aa"], former: ["aa", "aa", "aa"]);

        (diff.Added, diff.Unchanged, diff.Closed).ShouldBe((0, 2, 1));
        diff.Writes.Select(w => w.Existing.Value).ShouldBe([1, 2]);
    }

    [Fact]
    public void Reordering_keeps_every_chunk()
    {
        var diff = Compare("bbaa", ["bb", "aa"], former: ["aa", "bb"]);

        (diff.Added, diff.Closed).ShouldBe((0, 0));
        diff.Writes.Select(w => w.Existing.Value).ShouldBe([2, 1]);
    }

    [Fact]
    public void Reembedding_keeps_nothing()
    {
        var stored = Stored(["aa"], "aa");

        var diff = ChunkDiff.Compare("aa", Cut(["aa"]), stored, reembed: true);

        (diff.Added, diff.Closed).ShouldBe((1, 1));
    }

    [Fact]
    public void A_kept_input_with_other_text_is_patched()
    {
        var stored = Stored(["A  a"], "A  a") with { Text = "A  a" };
        var same = new CutDocument([new CutChunk(ContentHash.Of("A  a"), 0, 0, 3, null, default)], true);

        var diff = ChunkDiff.Compare("a a", same, stored, reembed: false);

        (diff.Added, diff.Patched, diff.Unchanged).ShouldBe((0, 1, 0));
        diff.Writes[0].Text.ShouldBe("a a");
    }

    [Fact]
    public void Only_the_chunk_whose_text_differs_is_patched_wherever_it_stands_now()
    {
        var stored = Stored(["one ", "A  a", " end"], "one A  a end");
        var cut = new CutDocument(
            [
                new CutChunk(ContentHash.Of("A  a"), 0, 0, 3, null, default),
                new CutChunk(ContentHash.Of("one "), 0, 3, 4, null, default),
                new CutChunk(ContentHash.Of(" end"), 0, 7, 4, null, default),
            ],
            true);

        var diff = ChunkDiff.Compare("a aone  end", cut, stored with { Text = "one A  a end" }, reembed: false);

        (diff.Added, diff.Patched, diff.Unchanged, diff.Closed).ShouldBe((0, 1, 2, 0));
        diff.Writes.Select(write => write.Text).ShouldBe(["a a", null, null]);
    }

    /// <summary>Where the store keeps no text, or has lost some of it, nothing says that it differs.</summary>
    [Theory]
    [InlineData(null, 0)]
    [InlineData("A  ", 0)]
    [InlineData("A  b", 1)]
    public void What_is_stored_of_the_text_is_compared_as_far_as_it_is_there(string? text, int patched)
    {
        var stored = Stored(["A  a"], "A  a") with { Text = text };
        var same = new CutDocument([new CutChunk(ContentHash.Of("A  a"), 0, 0, 3, null, default)], true);

        ChunkDiff.Compare("a a", same, stored, reembed: false).Patched.ShouldBe(patched);
    }

    [Fact]
    public void A_chunk_that_is_the_whole_text_is_that_text_and_another_is_its_part()
    {
        const string text = "whole";
        var diff = Compare(text, [text], former: []);

        diff.Writes[0].Text.ShouldBeSameAs(text);
        Compare("wholes", ["whole"], former: []).Writes[0].Text.ShouldBe("whole");
    }

    private static ChunkDiffResult Compare(string text, string[] chunks, string[] former) =>
        ChunkDiff.Compare(text, Cut(chunks), former.Length == 0 ? null : Stored(former, string.Concat(former)), reembed: false);

    private static CutDocument Cut(string[] chunks)
    {
        var seen = new Dictionary<string, int>();
        var start = 0;
        var cut = new List<CutChunk>();
        foreach (var chunk in chunks)
        {
            var occurrence = seen.GetValueOrDefault(chunk);
            seen[chunk] = occurrence + 1;
            cut.Add(new CutChunk(ContentHash.Of(chunk), occurrence, start, chunk.Length, null, default));
            start += chunk.Length;
        }

        return new CutDocument(cut, IsPartition: true);
    }

    private static DocumentRecord Stored(string[] chunks, string text) => new()
    {
        Glance = new DocumentGlance { Key = new DocumentKey(1), State = DocumentState.Live, Chunks = chunks.Length },
        Id = "d",
        SourceId = "d",
        TextHash = ContentHash.Of(text),
        Chunks = [.. Cut(chunks).Chunks.Select((c, i) => new ChunkRecord(new ChunkKey(i + 1), c.Input, c.Occurrence, c.Start, c.Length, null))],
    };
}
