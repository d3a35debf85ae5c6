using System.Globalization;
using System.Text;

namespace Tidemark.Bench.Corpora;

/// <summary>Files of JSON lines of about 1.25 KB, made once and kept in the cache.</summary>
internal sealed class JsonLinesCorpus(string cache)
{
    private const int TextLength = 1_080;

    /// <summary>The first <paramref name="count"/> documents.</summary>
    public string Lines(int count) => Make($"lines-{count}.jsonl", count, _ => 0);

    /// <summary>The same with every hundredth document's text changed.</summary>
    public string Edited(int count, int round) =>
        Make($"lines-{count}-edited-{round}.jsonl", count, i => i % 100 == round % 100 ? round + 1 : 0);

    /// <summary>The same after so many of four rounds, each of which has changed another quarter of the texts.</summary>
    public string Turned(int count, int rounds) => Make($"lines-{count}-turned-{rounds}.jsonl", count, i => i % 4 < rounds ? 1 : 0);

    /// <summary>The same without every second document.</summary>
    public string Halved(int count) => Make($"lines-{count}-halved.jsonl", count, i => i % 2 == 0 ? 0 : null);

    /// <summary>The same, all of which end at that time; made for one run, in that folder.</summary>
    public string Expiring(int count, DateTimeOffset at, string folder)
    {
        var path = Path.Combine(folder, $"lines-{count}-expiring.jsonl");
        var field = string.Create(CultureInfo.InvariantCulture, $",\"expires_at\":\"{at:yyyy-MM-dd'T'HH:mm:ss'Z'}\"}}");
        File.WriteAllLines(path, File.ReadLines(Lines(count)).Select(line => line[..^1] + field));
        return path;
    }

    private string Make(string name, int count, Func<int, int?> revision)
    {
        var path = Path.Combine(cache, name);
        if (File.Exists(path))
        {
            return path;
        }

        using (var file = new StreamWriter(path + ".tmp", append: false, new UTF8Encoding(false), 1 << 20))
        {
            file.NewLine = "\n";
            for (var i = 0; i < count; i++)
            {
                if (revision(i) is { } wanted)
                {
                    file.WriteLine(Line(i, wanted));
                }
            }
        }

        File.Move(path + ".tmp", path);
        return path;
    }

    private static string Line(int number, int revision)
    {
        var random = new Generator(((ulong)number << 20) + (ulong)revision + 7);
        var text = new StringBuilder(TextLength + 200);
        text.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"doc-{number:D7}\",\"text\":\"");
        Vocabulary.AppendParagraph(text, random, TextLength);
        text.Append(
            CultureInfo.InvariantCulture,
            $"\",\"metadata\":{{\"source\":\"db/doc/{number}\",\"category\":\"c{number % 20}\",\"year\":{1990 + (number % 35)}}}}}");
        return text.ToString();
    }
}
