using System.Text;

namespace Tidemark.Chunking;

/// <summary>Texts made of what breaks scanners: open fences, stray rules, long lines, odd characters.</summary>
internal static class NastyText
{
    public static string Of(Random random, int pieces)
    {
        var prose = new ProseGenerator(random);
        var text = new StringBuilder();
        for (var i = 0; i < pieces; i++)
        {
            text.Append(Piece(random, prose)).Append(random.Next(3) switch { 0 => "\n", 1 => "\r\n", _ => "\n\n" });
        }

        text.Append("The end.");
        return text.ToString();
    }

    private static string Piece(Random random, ProseGenerator prose) => random.Next(22) switch
    {
        0 => "```",
        1 => "~~~~ text",
        2 => "---",
        3 => "=====",
        4 => "# " + prose.Title() + " #",
        5 => "###### ",
        6 => "| a | b |\n|---|---|\n| c | d |",
        7 => "a | b\n--- | ---\nc | d",
        8 => "> " + prose.Sentence(),
        9 => new string(' ', random.Next(9)) + "- " + prose.Sentence(),
        10 => "\t" + prose.Word(),
        11 => string.Concat(Enumerable.Repeat("😀", random.Next(2000))),
        12 => new string('a', random.Next(4000)),
        13 => string.Concat(Enumerable.Range(0, random.Next(1500)).Select(_ => (char)random.Next(0x4E00, 0x9FFF))),
        14 => "\uD800 \uDC00\uDC00 \0 \uFEFF\u2028",
        15 => string.Join(',', Enumerable.Range(0, random.Next(900)).Select(_ => prose.Word())),
        16 => "1. " + prose.Sentence() + "\n   " + prose.Sentence(),
        17 => prose.Title() + "\n~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~",
        18 => "这是一个句子。" + "另一个句子！",
        19 => "",
        _ => string.Join(' ', prose.Paragraph(50, 900)),
    };
}
