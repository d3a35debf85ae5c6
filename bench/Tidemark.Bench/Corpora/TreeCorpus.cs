using System.Globalization;
using System.Text;

namespace Tidemark.Bench.Corpora;

/// <summary>A tree of Markdown files, 5,000 of about 6 KB, under git so that <c>git status</c> can be measured on it.</summary>
internal sealed class TreeCorpus(string cache)
{
    public const int Files = 5_000;

    private const int FileLength = 5_300;

    /// <summary>The folder that holds <c>docs</c>.</summary>
    public string Root
    {
        get
        {
            var root = Path.Combine(cache, "tree");
            if (!Directory.Exists(root))
            {
                var fresh = root + ".tmp";
                for (var i = 0; i < Files; i++)
                {
                    var path = Path.Combine(fresh, "docs", $"part-{i % 25}", $"topic-{i % 8}", $"page-{i:D4}.md");
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    File.WriteAllText(path, Page(i));
                }

                Directory.Move(fresh, root);
            }

            return root;
        }
    }

    private static string Page(int number)
    {
        var random = new Generator((ulong)number + 1_000_003);
        var text = new StringBuilder(FileLength + 1_000);
        text.Append(CultureInfo.InvariantCulture, $"---\ntitle: Page {number}\ntopic: t{number % 8}\n---\n# Page {number}\n\n");
        while (text.Length < FileLength)
        {
            text.Append("## ");
            Vocabulary.AppendSentence(text, random);
            text.Append("\n\n");
            var paragraphs = 1 + random.Below(4);
            for (var i = 0; i < paragraphs; i++)
            {
                Vocabulary.AppendParagraph(text, random, 150 + random.Below(500));
                text.Append("\n\n");
            }
        }

        return text.ToString();
    }
}
