using System.Text;
using Shouldly;
using Tidemark.Chunking;
using Tidemark.Documents;
using Tidemark.Embedding;
using Xunit;

namespace Tidemark.Tests.Embedding;

public sealed class NormalizedCuttingTests
{
    private static readonly IChunker[] Chunkers =
        [new StructuredChunker(200), new RecursiveChunker(200, 40), new WholeChunker(400)];

    public static TheoryData<string, Func<string, int, string>> Edits { get; } = new()
    {
        { "other line ends", (text, _) => text.Replace("\n", "\r\n", StringComparison.Ordinal) },
        { "capitals", (text, _) => text.ToUpperInvariant() },
        { "some capitals", (text, seed) => Each(text, seed, (c, odds) => odds == 0 ? char.ToUpperInvariant(c).ToString() : c.ToString()) },
        { "wider gaps", (text, seed) => Each(text, seed, (c, odds) => c is ' ' or '\n' && odds == 0 ? "\t " + c : c.ToString()) },
        { "one line", (text, _) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) },
        { "a line for each word", (text, _) => text.Replace(" ", "\n\n", StringComparison.Ordinal) },
        { "white space around it", (text, _) => $"\n \t{text}  \n\n" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void White_space_and_case_change_no_input(string name, Func<string, int, string> edit)
    {
        foreach (var chunker in Chunkers)
        {
            for (var seed = 0; seed < 20; seed++)
            {
                var text = Text(seed);
                InputsOf(chunker, edit(text, seed)).ShouldBe(InputsOf(chunker, text), $"{name}, {chunker.Fingerprint}, {seed}");
            }
        }
    }

    [Fact]
    public void Every_chunk_is_a_piece_of_the_normalised_text_and_of_a_size_that_is_asked_for()
    {
        var text = Text(1) + Text(2);
        var normalized = InputNormalizer.Normalize(text);
        var chunker = new StructuredChunker(200);

        var inputs = InputsOf(chunker, text);

        string.Join(' ', inputs).ShouldBe(normalized);
        inputs.ShouldAllBe(input => input.Length <= chunker.MaxSize);
        inputs.Average(input => input.Length).ShouldBeInRange(120, 330);
    }

    [Fact]
    public void The_chunks_add_up_to_the_text_as_it_is()
    {
        var text = $"\n {Text(3)}\t\n";
        var spans = NormalizedCutting.Split(new StructuredChunker(200), text);
        string.Concat(spans.Select(span => text.Substring(span.Start, span.Length))).ShouldBe(text);
    }

    [Fact]
    public void Headings_are_those_of_the_text_as_it_is()
    {
        var text = string.Concat(Enumerable.Range(0, 6).Select(i => $"# Part {i}\n\n{Prose(i, 60)}\n\n"));

        var spans = NormalizedCutting.Split(new StructuredChunker(200), text);

        spans.Select(span => span.Heading).Distinct().ShouldBe(Enumerable.Range(0, 6).Select(i => $"Part {i}"));
        spans.Count(span => text[span.Start] == '#').ShouldBe(6);
    }

    [Theory]
    [InlineData("ΟΔΟΣ Οδυσσέας", "οδος οδυσσέας")]
    [InlineData("\U00010400", "\U00010428")]
    [InlineData("Straße", "STRAßE")]
    public void Case_is_taken_away_from_every_letter_that_has_one_other_form(string one, string other) =>
        InputNormalizer.Normalize(one).ShouldBe(InputNormalizer.Normalize(other));

    [Fact]
    public void An_edit_of_a_word_costs_a_chunk_or_two()
    {
        var chunker = new StructuredChunker(200);
        for (var seed = 0; seed < 20; seed++)
        {
            var text = Text(seed) + Text(seed + 100);
            var known = InputsOf(chunker, text).ToHashSet(StringComparer.Ordinal);
            var edited = text.Insert(text.Length / 2, "interlude");
            InputsOf(chunker, edited).Count(input => !known.Contains(input)).ShouldBeLessThanOrEqualTo(3);
        }
    }

    private static string[] InputsOf(IChunker chunker, string text) =>
        [.. NormalizedCutting.Split(chunker, text).Select(span => InputNormalizer.Normalize(text.AsSpan(span.Start, span.Length)))];

    private static string Text(int seed) =>
        $"# Notes {seed}\n\n{Prose(seed, 90)}\n\n## More\n\n- {Prose(seed + 1, 9)}\n- {Prose(seed + 2, 12)}\n\n```\n# code\nx = 1\n```\n\n{Prose(seed + 3, 80)}\n";

    private static string Prose(int seed, int words)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (var i = 0; i < words; i++)
        {
            text.Append(text.Length > 0 ? ' ' : "").Append((char)('a' + random.Next(26))).Append("orditem"[..random.Next(1, 7)]);
            text.Append(random.Next(12) == 0 ? "." : random.Next(15) == 0 ? ",\n" : "");
        }

        return text.Append('.').ToString();
    }

    private static string Each(string text, int seed, Func<char, int, string> change)
    {
        var random = new Random(seed);
        return string.Concat(text.Select(c => change(c, random.Next(5))));
    }
}
