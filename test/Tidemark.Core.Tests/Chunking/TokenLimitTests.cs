using Shouldly;
using Tidemark.Chunking;
using Xunit;

namespace Tidemark.Core.Tests.Chunking;

/// <summary>A bound in tokens: who counts, when, and what becomes of an index that was cut by another one.</summary>
public sealed class TokenLimitTests
{
    private static readonly WordCounter Words = new("words-1");

    [Fact]
    public void Nothing_is_counted_where_the_bytes_tell()
    {
        var counter = new WordCounter("words-1");
        var limit = new TokenLimit { Tokens = 100, Counter = counter, Prefix = "passage: " };

        limit.Holds(new string('x', 91)).ShouldBeTrue();
        limit.Holds(new string('x', 100_000)).ShouldBeFalse();
        counter.Counts.ShouldBe(0);

        limit.Holds(new string('x', 92)).ShouldBeTrue();
        counter.Counts.ShouldBe(1);
    }

    /// <summary>Of a chunk that has at most so many code units anyway: three bytes, and as many tokens, are enough for each.</summary>
    [Theory]
    [InlineData(3_000, null, "")]
    [InlineData(2_999, null, ";bytes=2999")]
    [InlineData(int.MaxValue, 3_000, "")]
    [InlineData(int.MaxValue, 2_999, ";tokens=2999;by=words-1")]
    [InlineData(900, 300, ";bytes=900;tokens=300;by=words-1")]
    public void A_bound_that_holds_for_any_chunk_is_not_told(int bytes, int? tokens, string suffix) =>
        new RecursiveChunker(1_000, 200, bytes, tokens is { } most ? new TokenLimit { Tokens = most, Counter = Words } : null)
            .Fingerprint.ShouldBe($"recursive;1;size=1000;overlap=200{suffix}");

    [Theory]
    [InlineData(int.MaxValue, null, 800)]
    [InlineData(600, null, 200)]
    [InlineData(int.MaxValue, 100, 250)]
    [InlineData(600, 100, 200)]
    [InlineData(900, 100, 250)]
    [InlineData(int.MaxValue, int.MaxValue, 800)]
    public void A_small_bound_lowers_the_size_to_aim_at(int bytes, int? tokens, int size)
    {
        var chunker = new StructuredChunker(800, bytes, tokens is { } most ? new TokenLimit { Tokens = most, Counter = Words } : null);

        (chunker.MinSize, chunker.MaxSize, chunker.MaxWholeBlock).ShouldBe((size * 5 / 16, size * 15 / 4, size * 3));
    }

    [Fact]
    public void What_has_far_more_characters_than_tokens_have_is_too_long_without_being_counted()
    {
        var limit = new TokenLimit { Tokens = 100, Counter = Words };

        limit.Holds(new string('x', 6_400)).ShouldBeTrue();
        limit.Holds(new string('x', 6_401)).ShouldBeFalse();
    }

    [Fact]
    public void The_prefix_counts()
    {
        var limit = new TokenLimit { Tokens = 10, Counter = Words, Prefix = "title none text " };

        limit.Holds("one two three four five six seven").ShouldBeTrue();
        limit.Holds("one two three four five six seven eight").ShouldBeFalse();
    }

    [Theory]
    [InlineData(ChunkerKind.Structured)]
    [InlineData(ChunkerKind.Recursive)]
    [InlineData(ChunkerKind.None)]
    public void No_chunk_has_more_tokens_and_no_text_is_lost(ChunkerKind kind)
    {
        var limit = new TokenLimit { Tokens = 70, Counter = Words };
        var chunker = ChunkerFactory.Create(new ChunkerOptions { Kind = kind, Limit = limit, Overlap = kind == ChunkerKind.Recursive ? 0 : null });
        var text = string.Join("\n\n", Enumerable.Range(0, 40).Select(i => string.Join(' ', Enumerable.Range(0, 10 * i).Select(j => $"w{j}😀"))));

        var chunks = chunker.Split(text).Select(span => text.Substring(span.Start, span.Length)).ToList();

        chunks.ShouldAllBe(chunk => Words.Count(chunk) <= 70);
        chunks.ShouldAllBe(chunk => !char.IsLowSurrogate(chunk[0]));
        string.Concat(chunks).Replace(" ", "").Replace("\n", "").ShouldBe(text.Replace(" ", "").Replace("\n", ""));
        (kind == ChunkerKind.None ? chunks.Average(chunk => Words.Count(chunk)) : 60).ShouldBeGreaterThan(30);
    }

    [Theory]
    [InlineData(null, false, "structured;1;size=800;tokens=510;by=words-1")]
    [InlineData("structured;1;size=800;bytes=510", false, "structured;1;size=800;bytes=510")]
    [InlineData("structured;1;size=600;tokens=510;by=script-1", false, "structured;1;size=600;tokens=510;by=script-1")]
    [InlineData("structured;1;size=800;tokens=510;by=words-1", false, "structured;1;size=800;tokens=510;by=words-1")]
    [InlineData("structured;1;size=800;tokens=510;by=other-1", false, "structured;1;size=800;tokens=510;by=words-1")]
    [InlineData("structured;1;size=600;bytes=510", true, "structured;1;size=600;tokens=510;by=words-1")]
    [InlineData("structured;1;size=600;tokens=300;by=script-1", true, "structured;1;size=600;tokens=510;by=words-1")]
    [InlineData("structured;1;size=600;tokens=300;by=words-1", false, "structured;1;size=600;tokens=300;by=words-1")]
    [InlineData("structured;1;size=600;tokens=300", false, "structured;1;size=600;tokens=510;by=words-1")]
    [InlineData("structured;1;size=600", false, "structured;1;size=600;tokens=510;by=words-1")]
    [InlineData("none;1;bytes=900", false, "none;1;bytes=900")]
    public void An_index_keeps_the_bound_that_it_was_cut_by_until_it_is_built_anew(string? built, bool anew, string expected) =>
        new ChunkerChoice().Create(built, int.MaxValue, new TokenLimit { Tokens = 510, Counter = Words }, anew).Fingerprint.ShouldBe(expected);

    [Fact]
    public void A_counter_that_was_asked_for_counts_whatever_the_index_was_cut_by() =>
        new ChunkerChoice().Create("structured;1;size=800;bytes=510", int.MaxValue, new TokenLimit { Tokens = 510, Counter = Words, IsAsked = true })
            .Fingerprint.ShouldBe("structured;1;size=800;tokens=510;by=words-1");

    [Fact]
    public void An_index_of_a_bound_in_bytes_is_cut_as_it_was()
    {
        var text = string.Join(' ', Enumerable.Range(0, 4000).Select(i => $"wort{i}"));
        var former = new StructuredChunker(maxInputBytes: 510);
        var now = new ChunkerChoice().Create(former.Fingerprint, int.MaxValue, new TokenLimit { Tokens = 510 });

        now.Split(text).ShouldBe(former.Split(text));
    }

    /// <summary>The prose of this documentation, for a model of 512 tokens and one of 256 whose tokenizer nobody knows.</summary>
    [Theory]
    [InlineData(510, 700)]
    [InlineData(254, 500)]
    public void English_prose_is_cut_into_chunks_that_mean_something(int tokens, int mean)
    {
        var chunker = ChunkerFactory.Create(new ChunkerOptions { Limit = new TokenLimit { Tokens = tokens } });
        var prose = Directory.GetFiles(Path.Combine(Root(), "docs"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .SelectMany(file => File.ReadAllText(file).Split("\n\n")).Where(IsProse);

        var sizes = chunker.Split(string.Join("\n\n", prose)).Select(span => span.Length).ToArray();

        sizes.Length.ShouldBeGreaterThan(20);
        sizes.Average().ShouldBeGreaterThanOrEqualTo(mean);
    }

    private static bool IsProse(string paragraph) => paragraph.Length > 250 && char.IsLetter(paragraph[0])
        && !paragraph.Contains('|', StringComparison.Ordinal) && paragraph.Count(letter => letter == '`') <= 2;

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Tidemark.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    [Theory]
    [InlineData("a b c", 3)]
    [InlineData("tokenizer", 3)]
    [InlineData("2026-11-29", 10)]
    [InlineData("getUserById", 5)]
    [InlineData("naïve", 3)]
    public void The_fixed_bound_never_changes(string text, int tokens) => ScriptTokens.Instance.Count(text).ShouldBe(tokens);

    [Fact]
    public void Half_a_character_counts_as_what_is_sent_in_its_place() => ScriptTokens.Instance.Count("\ud800x").ShouldBe(4);

    private sealed class WordCounter(string name) : ITokenCounter
    {
        public int Counts { get; private set; }

        public string Name => name;

        public int Count(ReadOnlySpan<char> text)
        {
            Counts++;
            return text.ToString().Split(' ', '\n').Count(word => word.Length > 0);
        }
    }
}
