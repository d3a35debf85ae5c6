using System.Globalization;
using System.Text;
using Shouldly;
using Tidemark.Documents;
using Xunit;

namespace Tidemark.Chunking;

/// <summary>
/// Where chunks begin and what they are headed, for every kind of document, size and script. A boundary that moves embeds anew
/// whoever upgrades: a change here needs a new version in the chunker's fingerprint.
/// </summary>
public sealed class PinnedBoundaryTests
{
    private static readonly string Hebrew = "בראשית ברא אלהים את השמים ואת הארץ והארץ היתה תהו ובהו וחשך על פני תהום";
    private static readonly string Arabic = "اللغة العربية هي أكثر اللغات السامية تحدثا وإحدى أكثر اللغات انتشارا في العالم";
    private static readonly string Chinese = "我们把文件切成小块然后为每一块计算向量这样查询就能找到相近的内容而不用读完整个文件";
    private static readonly string Japanese = "文書を小さな塊に切り分けてそれぞれの埋め込みを計算し近い内容を探し出すことができます";
    private static readonly string Korean = "문서를 작은 조각으로 나누고 각 조각의 벡터를 계산하면 비슷한 내용을 찾을 수 있습니다";
    private static readonly string Thai = "เราแบ่งเอกสารเป็นส่วนเล็กๆแล้วคำนวณเวกเตอร์ของแต่ละส่วนเพื่อค้นหาเนื้อหาที่ใกล้เคียง";

    [Theory]
    [InlineData(DocumentKind.Markdown, "9ad0d69a4eb55d83")]
    [InlineData(DocumentKind.Prose, "db91eac463926e05")]
    [InlineData(DocumentKind.Code, "211734cf505638b4")]
    [InlineData(DocumentKind.List, "7dccba6331d02739")]
    public void Of_each_kind_of_document(object kind, string hash)
    {
        var texts = new[] { 900, 4_000, 30_000 }.Select(size => new GeneratedDocument((DocumentKind)kind, size, seed: size).Text);

        HashOf([.. texts]).ShouldBe(hash);
    }

    [Theory]
    [InlineData("he", "ee7b43172fd69b97")]
    [InlineData("ar", "4714f72ff6898ce0")]
    [InlineData("zh", "e5a02ac146787332")]
    [InlineData("ja", "800aa8dfdf4e5faa")]
    [InlineData("ko", "75bfb8dc43a1a42b")]
    [InlineData("th", "0ef799f00b3f6f73")]
    [InlineData("mixed", "544b61ee8c73aa93")]
    public void Of_each_script(string script, string hash) =>
        HashOf(Article(script, 2_000), Article(script, 20_000), Run(script, 6_000)).ShouldBe(hash);

    [Fact]
    public void Of_whatever_else_comes()
    {
        var random = new Random(11);

        HashOf([.. Enumerable.Range(0, 60).Select(_ => NastyText.Of(random, pieces: 80))]).ShouldBe("128a43f877e12488");
    }

    /// <summary>Of every chunker at small, usual and large sizes, with and without a bound by the model.</summary>
    private static string HashOf(params string[] texts)
    {
        var spans = new StringBuilder();
        foreach (var chunker in Chunkers())
        {
            foreach (var text in texts)
            {
                spans.Append(chunker.Fingerprint).Append('\n');
                foreach (var span in chunker.Split(text))
                {
                    spans.Append(CultureInfo.InvariantCulture, $"{span.Start}+{span.Length} {span.Heading}\n");
                }
            }
        }

        return ContentHash.Of(spans.ToString()).ToString()[..16];
    }

    private static IEnumerable<IChunker> Chunkers()
    {
        int?[] sizes = [64, 250, null, 2_000];
        foreach (var size in sizes)
        {
            yield return ChunkerFactory.Create(new ChunkerOptions { Size = size });
            yield return ChunkerFactory.Create(new ChunkerOptions { Kind = ChunkerKind.Recursive, Size = size });
            yield return ChunkerFactory.Create(new ChunkerOptions { Size = size, MaxInputBytes = 700 });
        }

        yield return ChunkerFactory.Create(new ChunkerOptions { Kind = ChunkerKind.Recursive, Size = 300, Overlap = 0 });
        yield return ChunkerFactory.Create(new ChunkerOptions { Kind = ChunkerKind.None });
        yield return ChunkerFactory.Create(new ChunkerOptions { Kind = ChunkerKind.None, MaxInputBytes = 700 });
    }

    /// <summary>Headings, paragraphs of sentences, a list and a table.</summary>
    private static string Article(string script, int length)
    {
        var random = new Random(length);
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(new string('#', random.Next(1, 4))).Append(' ').Append(Words(script, random)).Append("\n\n");
            for (var paragraphs = random.Next(1, 4); paragraphs > 0; paragraphs--)
            {
                for (var sentences = random.Next(1, 9); sentences > 0; sentences--)
                {
                    text.Append(Words(script, random)).Append(End(script, random));
                }

                text.Append("\n\n");
            }

            text.Append("- ").Append(Words(script, random)).Append("\n- ").Append(Words(script, random)).Append("\n\n");
            text.Append("| ").Append(Words(script, random)).Append(" | 1 |\n| --- | --- |\n\n");
        }

        return text.ToString();
    }

    /// <summary>No end of a sentence, no line.</summary>
    private static string Run(string script, int length)
    {
        var random = new Random(length);
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(Words(script, random));
        }

        return text.ToString();
    }

    private static string Words(string script, Random random)
    {
        var phrase = script switch
        {
            "he" => Hebrew,
            "ar" => Arabic,
            "zh" => Chinese,
            "ja" => Japanese,
            "ko" => Korean,
            "th" => Thai,
            _ => new[] { Hebrew, Chinese, "plain words \U0001F9EA of another script", Arabic, Japanese }[random.Next(5)],
        };
        var start = random.Next(phrase.Length / 2);
        while (char.IsLowSurrogate(phrase[start]))
        {
            start--;
        }

        return phrase[start..];
    }

    private static string End(string script, Random random) => script switch
    {
        "zh" or "ja" => new[] { "。", "！", "？", "……" }[random.Next(4)],
        "ar" => new[] { ". ", "؟ ", "۔ " }[random.Next(3)],
        _ => new[] { ". ", "? ", "! ", ".\n" }[random.Next(4)],
    };
}
