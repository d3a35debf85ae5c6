using System.Globalization;

namespace Tidemark.Wording;

/// <summary>
/// How every store cuts and folds texts and queries into words: <c>docs/search.md</c> tells what comes out. What it gives for a text is
/// what an index holds, so whatever changes that makes another <see cref="Version"/>.
/// </summary>
public static class WordAnalysis
{
    /// <summary>What an index records beside its words.</summary>
    public const string Name = "words";

    /// <summary>Of the analysis.</summary>
    public const int Version = 2;

    /// <summary>Bytes in UTF-8; longer words are none, for nobody asks for them.</summary>
    public const int LongestWord = 256;

    /// <summary>What a store says before it reads the words of all its texts anew.</summary>
    /// <param name="format">Of the store; <paramref name="next"/>: the one that it gets.</param>
    public static string RenewalOf(long format, int next) => string.Create(
        CultureInfo.InvariantCulture,
        $"the store is of format {format}: the words of its texts are indexed anew for format {next}, from what is stored; nothing is embedded");

    /// <summary>Gives every word of a text.</summary>
    /// <param name="text">UTF-8; what is none separates words.</param>
    /// <param name="stemmer">Whose stems stand in the places of words, and these beside them as <see cref="WordKind.Exact"/>; null: words stay as they are.</param>
    /// <param name="sink">Gets the words.</param>
    public static void Read<TSink>(ReadOnlySpan<byte> text, Stemmer? stemmer, ref TSink sink)
        where TSink : struct, IWordSink
    {
        Span<byte> room = stackalloc byte[WordReader<TSink>.Room];
        new WordReader<TSink>(text, stemmer, room, ref sink).Read();
    }
}
