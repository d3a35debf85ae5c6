namespace Tidemark.Searching;

/// <summary>What one chunk has of the words of a query, by their places in it.</summary>
/// <param name="Counts">How often each stands in the text, as far as that counts.</param>
/// <param name="InText">Those that stand in the text, one bit each.</param>
/// <param name="InTitle">Those that stand in the title.</param>
/// <param name="Phrases">Those of the query's phrases that stand in order, in the text or in the title.</param>
/// <param name="Length">Words of the text.</param>
internal readonly record struct CountedWords(byte[] Counts, uint InText, uint InTitle, uint Phrases, int Length)
{
    public bool HasAny => (InText | InTitle) != 0;

    public bool Has(int word) => HasOneOf(1u << word);

    public bool HasAll(uint words) => ((InText | InTitle) & words) == words;

    public bool HasOneOf(uint words) => ((InText | InTitle) & words) != 0;

    public bool Follows(uint phrases) => (Phrases & phrases) == phrases;
}
