using System.Text;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Text that is the same for the same seed everywhere.</summary>
internal static class Prose
{
    private static readonly string[] Words =
        ("anchor basin current delta ebb flood gauge harbour inlet jetty keel ledge mooring narrows outflow pilot quay " +
         "reef shoal tide upstream vessel wharf yard zenith buoy channel draught estuary fathom gale hull island junction " +
         "knot lagoon mast neap oar port rudder sail tow undertow voyage wake").Split(' ');

    public static string Sentence(int seed)
    {
        var random = new Lcg(seed);
        var text = new StringBuilder();
        var count = 9 + random.Next(9);
        for (var i = 0; i < count; i++)
        {
            text.Append(i == 0 ? "" : " ").Append(Words[random.Next(Words.Length)]);
        }

        text[0] = char.ToUpperInvariant(text[0]);
        return text.Append(' ').Append(seed).Append('.').ToString();
    }

    public static string Paragraph(int seed, int sentences = 6) =>
        string.Join(' ', Enumerable.Range(0, sentences).Select(i => Sentence((seed * 1000) + i)));

    /// <summary>A Markdown document of several chunks; no two seeds share a sentence.</summary>
    public static string Markdown(int seed, int sections = 4) =>
        $"# Document {seed}\n\n" + string.Concat(Enumerable.Range(0, sections).Select(i =>
            $"## Section {seed}-{i}\n\n{Paragraph((seed * 100) + (i * 2))}\n\n{Paragraph((seed * 100) + (i * 2) + 1)}\n\n"));

    /// <summary>The framework's generator may change between versions; this one may not.</summary>
    private sealed class Lcg(int seed)
    {
        private ulong _state = unchecked(((ulong)seed * 6364136223846793005UL) + 1442695040888963407UL);

        public int Next(int below)
        {
            _state = unchecked((_state * 6364136223846793005UL) + 1442695040888963407UL);
            return (int)((_state >> 33) % (ulong)below);
        }
    }
}
