using System.Text;

namespace Tidemark.Wording;

/// <summary>
/// The words of a query, by the analysis of the texts. Everything else a person may type, operators and quotes of a query language
/// among it, only separates them.
/// </summary>
/// <param name="Words">Distinct, in order.</param>
/// <param name="Phrases">Of runs in scripts without blanks: their pairs, which have to follow each other; each has two or more.</param>
public sealed record AskedWords(IReadOnlyList<AskedWord> Words, IReadOnlyList<IReadOnlyList<string>> Phrases)
{
    /// <summary>Distinct words that count; the first of more.</summary>
    public const int Most = 32;

    private const int LongestQuery = 8192;

    /// <summary>By which they were read; null: words stand as they are.</summary>
    public Stemmer? Stemmer { get; init; }

    /// <summary>Whether there is nothing to look for.</summary>
    public bool IsEmpty => Words.Count == 0;

    /// <summary>Reads a query.</summary>
    /// <param name="stemmer">That of the texts; null: none.</param>
    public static AskedWords Of(string query, Stemmer? stemmer = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        var reader = new AskedWordReader();
        var sink = new Sink(reader);
        WordAnalysis.Read(Encoding.UTF8.GetBytes(query[..Math.Min(query.Length, LongestQuery)]), stemmer, ref sink);
        return reader.End() with { Stemmer = stemmer };
    }

    /// <summary>The same with other words in the place of some; one that is asked for already counts once.</summary>
    /// <param name="corrections">By what words are replaced.</param>
    public AskedWords With(IReadOnlyList<WordCorrection> corrections)
    {
        ArgumentNullException.ThrowIfNull(corrections);
        var replaced = corrections.ToDictionary(one => one.Asked, one => one.Found, StringComparer.Ordinal);
        foreach (var form in Words.Where(word => word.Stem is not null && replaced.ContainsKey(word.Text)).ToList())
        {
            replaced[form.Stem!] = Stemmer!.StemOf(replaced[form.Text]);
        }

        var words = Words
            .Select(word => replaced.TryGetValue(word.Text, out var found)
                ? word with { Text = found, Stem = word.Stem is { } stem ? replaced[stem] : null }
                : word)
            .GroupBy(word => word.Text, StringComparer.Ordinal)
            .Select(same => same.FirstOrDefault(word => word.Whole is null && !word.IsOptional) ?? same.First());
        return this with { Words = [.. words] };
    }

    private readonly struct Sink(AskedWordReader reader) : IWordSink
    {
        public void Add(ReadOnlySpan<byte> word, WordKind kind) => reader.Add(Encoding.UTF8.GetString(word), kind);
    }
}
