using System.Buffers;
using System.Text;

namespace Tidemark.Wording;

/// <summary>
/// Takes the endings off the words of one language (<see cref="Endings"/>), so that a word is found in its other forms. It knows no dictionary: a stem
/// need not be a word.
/// </summary>
public sealed class Stemmer
{
    /// <summary>What is shorter says too little, and is left as it is.</summary>
    private const int FewestLetters = 3;

    /// <summary>What a stem ends with in an index, so that it is told from words: no word has it.</summary>
    private const byte Mark = 2;

    private static readonly SearchValues<byte> Vowels = SearchValues.Create("aeiouy"u8);
    private static readonly Dictionary<string, Lazy<Stemmer>> Known = Endings.ByLanguage.ToDictionary(
        one => one.Key, one => new Lazy<Stemmer>(() => new Stemmer(one.Key, one.Value)), StringComparer.Ordinal);

    private readonly (byte[] Ending, byte[] Instead)[][] _steps;

    private Stemmer(string language, string endings)
    {
        Language = language;
        _steps =
        [
            .. endings.Split('\n').Select(step => step.Trim().Split('|').Select(Parse).OrderByDescending(one => one.Ending.Length).ToArray()),
        ];
    }

    /// <summary>The languages whose endings are known, in English and in small letters.</summary>
    public static IReadOnlyList<string> Languages { get; } = [.. Known.Keys.Order(StringComparer.Ordinal)];

    /// <summary>One of <see cref="Languages"/>.</summary>
    public string Language { get; }

    /// <param name="language">One of <see cref="Languages"/>; null: words stay as they are.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: no endings of that language are known.</exception>
    public static Stemmer? Of(string? language) => language is null ? null
        : Known.TryGetValue(language, out var known) ? known.Value
        : throw new TidemarkException(
            ErrorCodes.ConfigurationInvalid,
            $"the endings of words in '{language}' are not known",
            $"name one of: {string.Join(", ", Languages)}");

    /// <summary>Whether it is a stem as an index has it, and no word.</summary>
    internal static bool IsStem(string text) => text is [.., (char)Mark];

    /// <summary>The stem of one word, as an index has it; what has none is itself.</summary>
    /// <param name="word">Folded.</param>
    internal string StemOf(string word)
    {
        Span<byte> room = stackalloc byte[WordAnalysis.LongestWord];
        return TryStem(Encoding.UTF8.GetBytes(word), room, out var length) ? Encoding.UTF8.GetString(room[..length]) : word;
    }

    /// <summary>The stem of one word, as an index has it.</summary>
    /// <param name="word">Folded, in UTF-8.</param>
    /// <param name="stem">Room for <see cref="WordAnalysis.LongestWord"/> bytes.</param>
    /// <param name="length">Bytes of the stem.</param>
    /// <returns>False: the word has none, for it is a code, or too long.</returns>
    internal bool TryStem(ReadOnlySpan<byte> word, Span<byte> stem, out int length)
    {
        length = 0;
        if (word.Length >= WordAnalysis.LongestWord || word.ContainsAnyInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        word.CopyTo(stem);
        length = Cut(stem[..word.Length]);
        stem[length++] = Mark;
        return true;
    }

    /// <summary>Takes the endings off where the word stands.</summary>
    /// <returns>How many of its bytes are the stem.</returns>
    private int Cut(Span<byte> word)
    {
        var length = word.Length;
        foreach (var step in _steps)
        {
            foreach (var (ending, instead) in step)
            {
                if (word[..length].EndsWith(ending) && Remains(word[..(length - ending.Length)], instead))
                {
                    length -= ending.Length;
                    instead.CopyTo(word[length..]);
                    length += instead.Length;
                    break;
                }
            }
        }

        return length;
    }

    private static bool Remains(ReadOnlySpan<byte> kept, ReadOnlySpan<byte> instead) =>
        LettersOf(kept) + LettersOf(instead) >= FewestLetters
        && (kept.ContainsAny(Vowels) || instead.ContainsAny(Vowels) || kept.ContainsAnyExceptInRange((byte)0, (byte)0x7F));

    private static int LettersOf(ReadOnlySpan<byte> utf8)
    {
        var letters = 0;
        foreach (var one in utf8)
        {
            letters += (one & 0xC0) == 0x80 ? 0 : 1;
        }

        return letters;
    }

    private static (byte[] Ending, byte[] Instead) Parse(string rule)
    {
        var parts = rule.Split(':');
        return (Encoding.UTF8.GetBytes(parts[0]), Encoding.UTF8.GetBytes(parts[1]));
    }
}
